// TextView: a document as running text (notes, web pages, and the stored text of a file that has changed),
// with the same lit and found words as PageView. Markdown and HTML look as they were written (text_styler.h);
// nothing is ever loaded, and an address is only told to whoever asks the person. Of a long text a part is
// shown at a time (text_part.h): the one with the place that is lit, found or gone to. Thread: GUI.
#pragma once

#include <QTextBrowser>
#include <QTimer>
#include <QUrl>
#include <QVector>
#include <optional>

#include "ui/bridge/reader_types.h"
#include "ui/reader/text_part.h"
#include "ui/reader/text_styler.h"

namespace commonplace::ui {

class TextView final : public QTextBrowser {
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
    /// What is shown of a text that is too long to be shown at once, for people; else empty.
    QString partShown() const { return m_part.description(); }
    /// False while a long text is still being formatted.
    bool isStyled() const { return m_styler.isDone(); }

  signals:
    void partChanged();
    void currentPageChanged(int page);
    void zoomStepWanted(int steps);
    void menuWanted(const QPoint& global, int page);
    /// Somebody clicked an address that a person may be asked to open (isOpenable()).
    void linkActivated(const QUrl& address);

  protected:
    QVariant loadResource(int, const QUrl&) override { return {}; }
    void doSetSource(const QUrl&, QTextDocument::ResourceType) override {}  // a text leads nowhere by itself
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

  private:
    void showPart(int page, int offset);
    /// Shows the part with this place, if another one is shown.
    void bringIn(int page, int offset);
    /// Nothing: the range is not in the part that is shown.
    std::optional<QTextCursor> cursorFor(int page, const TextRange& range) const;
    void startStyling();
    void continueStyling();
    void stylePageNames();
    void refreshMarks();
    void keepReadingWidth();
    void reveal(const QTextCursor& cursor);
    void noticePage();
    void applyFont();
    void spaceLines();

    TextPart m_part;
    PlaceMarks m_marks;
    QVector<FindHit> m_hits;
    int m_currentHit = -1;
    int m_page = 0;
    double m_factor = 1;
    OpenedDocument m_document;
    TextStyler m_styler;
    double m_styledWidth = 0;
    QTimer m_styleTimer;    ///< the next slice
    QTimer m_restyleTimer;  ///< after the width has changed
};

}  // namespace commonplace::ui
