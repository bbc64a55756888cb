#include "ui/reader/page_layout.h"

#include <algorithm>
#include <cstdint>

namespace commonplace::ui {
namespace {

constexpr double kScreenPerPoint = 96.0 / 72.0;
constexpr int kMargin = 16;
constexpr int kGap = 16;

constexpr double kMostSide = 14'400;           ///< points; longer pages are damaged or hostile
constexpr std::int64_t kMostHeight = 1 << 30;  ///< of all pages; scroll bars count in int
constexpr double kMostFitted = 2;  ///< a small page is not blown up to the width of a large screen

/// Each page fits by itself: a landscape table does not make the portrait pages around it small.
double fitted(const QSizeF& page, const Zoom& zoom, const QSize& viewport) {
    if (zoom.fit == ZoomFit::None) return std::clamp(zoom.factor, kLeastZoom, kMostZoom);
    const QSizeF room = QSizeF(viewport - QSize(2 * kMargin, 2 * kMargin)) / kScreenPerPoint;
    const double width = room.width() / page.width();
    const double wanted = zoom.fit == ZoomFit::Width ? width : std::min(width, room.height() / page.height());
    return std::clamp(wanted, kLeastZoom, kMostFitted);
}

double boundedSide(double points) {
    return points >= 1 ? std::min(points, kMostSide) : 1;  // "not a number" is no side either
}

int bounded(std::int64_t pixels) {
    return static_cast<int>(std::min(pixels, 2 * kMostHeight - 1));
}

}  // namespace

PageLayout::PageLayout(QVector<QSizeF> sizes, const Zoom& zoom, const QSize& viewport)
    : m_sizes(std::move(sizes)) {
    double height = 0;
    for (QSizeF& size : m_sizes) {
        size = {boundedSide(size.width()), boundedSide(size.height())};
        m_factors.append(fitted(size, zoom, viewport));
        height += size.height() * pixelsPerPoint(static_cast<int>(m_factors.size()) - 1);
    }
    // Very many pages are shown smaller than wished: each keeps a place of its own that can be scrolled to.
    if (height > kMostHeight)
        for (double& factor : m_factors) factor *= kMostHeight / height;
    place(viewport);
}

void PageLayout::place(const QSize& viewport) {
    int widest = 0;
    for (int page = 0; page < count(); ++page)
        widest = std::max(widest, qRound(m_sizes.at(page).width() * pixelsPerPoint(page)));
    m_contents.setWidth(std::max(viewport.width(), widest + 2 * kMargin));
    std::int64_t y = kMargin;
    for (int page = 0; page < count(); ++page) {
        const QSizeF size = m_sizes.at(page) * pixelsPerPoint(page);
        const QSize pixels(std::max(1, qRound(size.width())), std::max(1, qRound(size.height())));
        m_pages.append(QRect(QPoint((m_contents.width() - pixels.width()) / 2, bounded(y)), pixels));
        y += pixels.height() + kGap;
    }
    m_contents.setHeight(bounded(y - kGap + kMargin));
}

double PageLayout::pixelsPerPoint(int page) const {
    return m_factors.at(page) * kScreenPerPoint;
}

std::pair<int, int> PageLayout::pagesIn(int top, int bottom) const {
    const auto first = std::lower_bound(m_pages.begin(), m_pages.end(), top,
                                        [](const QRect& page, int y) { return page.bottom() < y; });
    const auto behind = std::upper_bound(first, m_pages.end(), bottom,
                                         [](int y, const QRect& page) { return y < page.top(); });
    return {static_cast<int>(first - m_pages.begin()), static_cast<int>(behind - m_pages.begin()) - 1};
}

int PageLayout::pageAt(int y) const {
    const auto found = std::lower_bound(m_pages.begin(), m_pages.end(), y, [](const QRect& page, int at) {
        return page.bottom() + kGap / 2 < at;
    });
    return std::clamp(static_cast<int>(found - m_pages.begin()), 0, std::max(0, count() - 1));
}

QRectF PageLayout::toContents(int page, const QRectF& points) const {
    const double scale = pixelsPerPoint(page);
    const QPointF corner = m_pages.at(page).topLeft();
    return QRectF(points.topLeft() * scale + corner, points.size() * scale);
}

QPointF PageLayout::toPoints(int page, const QPointF& contents) const {
    return (contents - QPointF(m_pages.at(page).topLeft())) / pixelsPerPoint(page);
}

}  // namespace commonplace::ui
