// TextView: a document as running text (notes, web pages, and the stored text of a file that has changed),
// with the same lit and found words as PageView. Thread: GUI.
#pragma once

#include <QTextEdit>
#include <QVector>

#include "ui/bridge/reader_types.h"

namespace commonplace::ui {

class TextView final : public QTextEdit {
    Q_OBJECT
  public:
    explicit TextView(QWidget* parent = nullptr);

    void showDocument(const OpenedDocument& document);
    void clearDocument();

    void light(const PlaceMarks& marks);
    void unlight();
    const PlaceMarks& lit() const { return m_marks; }
    void showHits(const QVector<FindHit>& hits, int current);

    void setZoomFactor(double factor);
    int currentPage() const;
    void goToPage(int page);
    QString selectedText() const;
    QString pageText(int page) const;

  signals:
    void currentPageChanged(int page);
    void zoomStepWanted(int steps);
    void menuWanted(const QPoint& global, int page);

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

  private:
    QTextCursor cursorFor(int page, const TextRange& range) const;
    void styleHeadings(const OpenedDocument& document);
    void stylePageNames();
    void refreshMarks();
    void keepReadingWidth();
    void reveal(const QTextCursor& cursor);
    void noticePage();
    void applyFont();
    void spaceLines();

    QVector<int> m_starts;     ///< where each page's text begins in the document
    QVector<int> m_pageNames;  ///< where each line that names a page begins
    QVector<int> m_lengths;
    PlaceMarks m_marks;
    QVector<FindHit> m_hits;
    int m_currentHit = -1;
    int m_page = 0;
    double m_factor = 1;
    OpenedDocument m_document;
};

}  // namespace commonplace::ui
