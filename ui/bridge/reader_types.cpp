#include "ui/bridge/reader_types.h"

#include <algorithm>

namespace commonplace::ui {
namespace {

bool touches(const ReaderWord& word, const QVector<TextRange>& ranges) {
    return std::any_of(ranges.begin(), ranges.end(), [&](const TextRange& range) {
        return word.range.begin < range.end && range.begin < word.range.end;
    });
}

/// Whether two words stand beside each other on one line; turned lines run downwards, so both ways count.
bool isSameLine(const QRectF& line, const QRectF& word) {
    const qreal height = std::min(line.height(), word.height());
    const qreal across = std::min(line.bottom(), word.bottom()) - std::max(line.top(), word.top());
    const qreal gap = std::max(line.left(), word.left()) - std::min(line.right(), word.right());
    return across > height / 2 && gap < height * 2;
}

}  // namespace

QVector<QRectF> rectanglesOf(const PageWords& page, const QVector<TextRange>& ranges) {
    QVector<QRectF> lines;
    for (const ReaderWord& word : page.words) {
        if (!touches(word, ranges)) continue;
        if (!lines.isEmpty() && isSameLine(lines.constLast(), word.rect))
            lines.last() |= word.rect;
        else
            lines.append(word.rect);
    }
    return lines;
}

}  // namespace commonplace::ui
