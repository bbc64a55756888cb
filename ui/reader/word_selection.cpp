#include "ui/reader/word_selection.h"

#include <QStringList>
#include <algorithm>
#include <limits>

namespace commonplace::ui {
namespace {

/// How far a point is from a word; a line away counts more than a word away.
double distance(const QRectF& word, const QPointF& point) {
    const double dx = std::max({word.left() - point.x(), 0.0, point.x() - word.right()});
    const double dy = std::max({word.top() - point.y(), 0.0, point.y() - word.bottom()});
    constexpr double kLineWeight = 4;
    return dx * dx + kLineWeight * kLineWeight * dy * dy;
}

}  // namespace

std::optional<int> wordNear(const PageWords& page, const QPointF& point) {
    std::optional<int> nearest;
    double least = std::numeric_limits<double>::max();
    for (int i = 0; i < page.words.size(); ++i) {
        const double far = distance(page.words.at(i).rect, point);
        if (far >= least) continue;
        least = far;
        nearest = i;
    }
    return nearest;
}

std::optional<int> wordAt(const PageWords& page, const QPointF& point) {
    const auto word = wordNear(page, point);
    if (!word || !page.words.at(*word).rect.contains(point)) return std::nullopt;
    return word;
}

TextRange WordSelection::on(const PageWords& page) const {
    if (!m_anchor || page.words.isEmpty()) return {};
    const auto [first, last] = std::minmax(*m_anchor, m_head);
    if (page.page < first.page || page.page > last.page) return {};
    const int end = static_cast<int>(page.words.size()) - 1;
    const int from = page.page == first.page ? std::clamp(first.word, 0, end) : 0;
    const int to = page.page == last.page ? std::clamp(last.word, 0, end) : end;
    return {page.words.at(from).range.begin, page.words.at(to).range.end};
}

QString WordSelection::text(const Pages& pages) const {
    if (!m_anchor) return {};
    QStringList parts;
    for (int page = std::min(*m_anchor, m_head).page; page <= std::max(*m_anchor, m_head).page; ++page) {
        const auto found = pages.find(page);
        if (found == pages.end()) continue;
        const TextRange range = on(*found);
        parts << found->text.mid(range.begin, range.end - range.begin);
    }
    return parts.join(QLatin1Char('\n'));
}

}  // namespace commonplace::ui
