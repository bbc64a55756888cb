// PageLayout: where the pages of a document lie under each other at one zoom. Device-independent pixels;
// pure.
#pragma once

#include <QPointF>
#include <QRect>
#include <QSize>
#include <QSizeF>
#include <QVector>

namespace commonplace::ui {

enum class ZoomFit { None, Width, Page };

struct Zoom {
    ZoomFit fit = ZoomFit::Width;
    double factor = 1;  ///< 1: a point is 96/72 pixels; what `fit` makes of it otherwise
};

inline constexpr double kLeastZoom = 0.25;
inline constexpr double kMostZoom = 5;

class PageLayout final {
  public:
    PageLayout() = default;
    PageLayout(QVector<QSizeF> sizes, const Zoom& zoom, const QSize& viewport);

    int count() const { return static_cast<int>(m_sizes.size()); }
    double factor(int page) const { return m_factors.value(page, 1); }
    QSize contents() const { return m_contents; }
    QRect page(int index) const { return m_pages.at(index); }
    /// The pages that a stretch of the contents shows; an empty range (second < first) for none.
    std::pair<int, int> pagesIn(int top, int bottom) const;
    /// The page at this height, or the nearest.
    int pageAt(int y) const;

    QRectF toContents(int page, const QRectF& points) const;
    QPointF toPoints(int page, const QPointF& contents) const;

  private:
    void place(const QSize& viewport);
    double pixelsPerPoint(int page) const;

    QVector<QSizeF> m_sizes;
    QVector<QRect> m_pages;
    QSize m_contents;
    QVector<double> m_factors;
};

}  // namespace commonplace::ui
