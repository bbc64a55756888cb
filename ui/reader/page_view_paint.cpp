// How PageView looks: paper, lit words, found words, selection.
#include <QPaintEvent>
#include <QPainter>

#include "ui/reader/page_view.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

/// A white page in a dark room: as bright as ask-dark.png shows it.
constexpr double kDim = 0.08;

/// Colours on paper are those of the light theme: paper is white in both.
const Tokens& paperTokens() {
    return tokens(ThemeMode::Light);
}

void fill(QPainter& painter, const QRectF& rect, const QColor& colour) {
    painter.fillRect(rect.adjusted(-1, -1, 1, 1), colour);
}

}  // namespace

void PageView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    const Tokens& colours = tokensFor(*this);
    painter.fillRect(viewport()->rect(), colours.panel);
    painter.translate(-offset());
    const auto [first, last] = visiblePages();
    for (int page = first; page <= last; ++page) paintPage(painter, page, colours);
}

void PageView::paintPage(QPainter& painter, int page, const Tokens& colours) {
    const QRect place = m_layout.page(page);
    painter.fillRect(place.adjusted(-1, -1, 1, 2), colours.line);
    paintImage(painter, page, place);
    painter.save();
    painter.setClipRect(place);
    // Multiplied, ink stays ink and only the paper takes the colour.
    painter.setCompositionMode(QPainter::CompositionMode_Multiply);
    paintWords(painter, page);
    paintHits(painter, page);
    painter.restore();
    if (colours.dark) {
        painter.setOpacity(kDim);
        painter.fillRect(place, Qt::black);
        painter.setOpacity(1);
    }
}

void PageView::paintImage(QPainter& painter, int page, const QRect& place) {
    const QImage image = m_images.image(page);
    if (image.isNull()) {
        painter.fillRect(place, Qt::white);
        painter.setPen(paperTokens().muted);
        const QString failure = m_failures.value(page);
        if (!failure.isEmpty())
            painter.drawText(place.adjusted(kGrid * 3, 0, -kGrid * 3, 0), Qt::AlignCenter | Qt::TextWordWrap,
                             tr("This page cannot be shown: %1.").arg(failure));
        return;
    }
    if (image.width() == pixelWidth(page)) {
        // Pixel by pixel. The image is not told the screen's ratio: that would copy all of it.
        painter.drawImage(QRectF(place.topLeft(), QSizeF(image.size()) / devicePixelRatioF()), image);
        return;
    }
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(place, image);
}

void PageView::paintWords(QPainter& painter, int page) {
    if (m_marks.page == page)
        for (const QRectF& rect : m_marks.rects)
            fill(painter, m_layout.toContents(page, rect), paperTokens().mark);
    const auto words = m_words.find(page);
    if (words == m_words.end() || m_selection.isEmpty()) return;
    const TextRange chosen = m_selection.on(*words);
    for (const QRectF& rect : rectanglesOf(*words, {chosen}))
        painter.fillRect(m_layout.toContents(page, rect), paperTokens().accentSoft.darker(110));
}

void PageView::paintHits(QPainter& painter, int page) {
    const auto words = m_words.find(page);
    if (words == m_words.end()) return;
    const auto first = std::lower_bound(m_hits.begin(), m_hits.end(), page,
                                        [](const FindHit& hit, int at) { return hit.page < at; });
    for (auto hit = first; hit != m_hits.end() && hit->page == page; ++hit) {
        const bool current = hit - m_hits.begin() == m_currentHit;
        for (const QRectF& rect : rectanglesOf(*words, {hit->range})) {
            const QRectF place = m_layout.toContents(page, rect);
            fill(painter, place, paperTokens().mark);
            if (!current) continue;
            painter.setPen(QPen(paperTokens().accent, 2));
            painter.drawRect(place.adjusted(-2, -2, 2, 2));
        }
    }
}

}  // namespace commonplace::ui
