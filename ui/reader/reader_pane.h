// ReaderPane: the reader: header, pages or text, find bar, and the passages of an answer below. The window
// opens places in it; everything else it does itself. Thread: GUI.
#pragma once

#include <QPointer>
#include <QRectF>
#include <QVector>
#include <QWidget>

#include "ui/bridge/reader_types.h"
#include "ui/reader/page_layout.h"

class QFrame;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace commonplace::ui {

class FindBar;
class PageView;
class PassageList;
class ReaderBridge;
class ReaderHeader;
class TextView;

class ReaderPane final : public QWidget {
    Q_OBJECT
  public:
    explicit ReaderPane(ReaderBridge& bridge, QWidget* parent = nullptr);

    /// Shows the document and lights the words of the place. A place that is none of the listed passages
    /// empties the list.
    void open(const Place& place);
    /// Lists the passages of an answer (or the hits of a search) and opens the one at `current`; -1: opens
    /// none.
    void showPlaces(const QVector<Place>& places, int current);
    /// Nothing is open any more: the empty state. Emits nothing.
    void close();
    bool isOpen() const { return m_document.kind != ReaderKind::Nothing; }
    const OpenedDocument& document() const { return m_document; }

    /// What is lit on a page (from 1, as Place::page), in points of the page; empty in running text.
    QVector<QRectF> litRectangles(int page) const;
    /// The words that are lit, as the document has them.
    QString litText() const;

  signals:
    /// Somebody wants the reader gone.
    void closed();
    /// Something to read takes no text: the words are meant for elsewhere.
    void typed(const QString& text);
    void askAbout(const commonplace::ui::Place& place);
    void openExternally(const QString& path);
    /// An address of a document that somebody clicked: the person is to be asked with the full address.
    void linkActivated(const QUrl& address);

  protected:
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void build();
    void buildNotice();
    void connectBridge();
    void connectViews();
    void addShortcuts();

    void onOpened(const OpenedDocument& document);
    void onMarks(const Place& place, const PlaceMarks& marks);
    void onFound(const FindResults& results);
    void showEmpty(const QString& why);
    /// `more`: what is to be said beside what the document has to say.
    void showNotice(const QString& more = {});

    void startFind();
    void endFind();
    void stepHit(int by);
    void showHit(int index);
    void stepPassage(int by);

    void stepZoom(int steps);
    void setZoom(const Zoom& zoom);
    void showPageNumber(int page);
    void goToPage(int page);
    int currentPage() const;
    void showMenu(const QPoint& global, int page);
    void copy() const;
    void copyWithSource(int page) const;
    QString selectedText() const;
    Place placeOnPage(int page) const;
    bool isText() const { return m_document.kind == ReaderKind::Text; }

    ReaderBridge& m_bridge;
    ReaderHeader* m_header = nullptr;
    QFrame* m_notice = nullptr;
    QLabel* m_noticeText = nullptr;
    QPushButton* m_noticeOpen = nullptr;
    FindBar* m_findBar = nullptr;
    QStackedWidget* m_stack = nullptr;
    QWidget* m_empty = nullptr;
    QWidget* m_failed = nullptr;
    QLabel* m_failedText = nullptr;
    PageView* m_pages = nullptr;
    TextView* m_text = nullptr;
    PassageList* m_passages = nullptr;

    OpenedDocument m_document;
    Place m_place;  ///< what was asked for last
    bool m_opening = false;
    FindResults m_found;
    int m_hit = -1;
    Zoom m_zoom;  ///< of pages
    double m_textZoom = 1;
};

}  // namespace commonplace::ui
