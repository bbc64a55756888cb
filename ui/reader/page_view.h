// PageView: the pages of a PDF under each other, drawn by the worker at exactly the size they are shown in,
// with lit words, found words and a selection. Only what is seen (and the pages beside it) is asked for.
// Thread: GUI.
#pragma once

#include <QAbstractScrollArea>
#include <QHash>
#include <QPoint>
#include <QTimer>
#include <QVector>

#include "ui/bridge/reader_types.h"
#include "ui/reader/page_cache.h"
#include "ui/reader/page_layout.h"
#include "ui/reader/word_selection.h"

class QPainter;

namespace commonplace::ui {

class ReaderBridge;
struct Tokens;

class PageView final : public QAbstractScrollArea {
    Q_OBJECT
  public:
    explicit PageView(ReaderBridge& bridge, QWidget* parent = nullptr);

    void showDocument(const OpenedDocument& document);
    void clear();

    /// Lights these words and nothing else, and brings them into sight.
    void light(const PlaceMarks& marks);
    void unlight();
    const PlaceMarks& lit() const { return m_marks; }
    /// `current`: the one that is framed and brought into sight; -1: none.
    void showHits(const QVector<FindHit>& hits, int current);

    void setZoom(const Zoom& zoom);
    ZoomFit zoomFit() const { return m_zoom.fit; }
    double zoomFactor() const { return m_layout.factor(currentPage()); }  ///< of the current page
    int currentPage() const;
    void goToPage(int page);

    QString selectedText() const { return m_selection.text(m_words); }
    QString pageText(int page) const { return m_words.value(page).text; }

  signals:
    void currentPageChanged(int page);
    void zoomChanged(double factor);
    void zoomStepWanted(int steps);
    void menuWanted(const QPoint& global, int page);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void onRendered(int page, const QImage& image, int wishedWidth);
    void onFailed(int page, const QString& reason);
    void onWords(const PageWords& words);

    void layOut();
    void wish();
    void noticePage();
    QPoint offset() const;
    int pixelWidth(int page) const;
    qint64 imageBytes(int page) const;
    std::pair<int, int> visiblePages() const;
    void reveal(int page, const QRectF& points);

    void paintPage(QPainter& painter, int page, const Tokens& tokens);
    void paintImage(QPainter& painter, int page, const QRect& place);
    void paintWords(QPainter& painter, int page);
    void paintHits(QPainter& painter, int page);

    std::optional<WordPlace> wordUnder(const QPoint& position) const;
    void updateCursor(const QPoint& position);

    ReaderBridge& m_bridge;
    QVector<ReaderPage> m_pages;
    PageLayout m_layout;
    Zoom m_zoom;
    PageCache m_images;
    QHash<int, QString> m_failures;
    QHash<int, PageWords> m_words;
    PlaceMarks m_marks;
    QVector<FindHit> m_hits;
    int m_currentHit = -1;
    bool m_revealHit = false;  ///< the current hit is brought into sight as soon as its words are known
    WordSelection m_selection;
    bool m_selecting = false;
    QPoint m_pressed;
    int m_page = 0;
    QTimer m_wishTimer;
};

}  // namespace commonplace::ui
