// LibraryPage: the ledger of all documents, the watched folders, and what indexing is doing.
#pragma once

#include <QWidget>

#include "ui/bridge/index_bridge.h"
#include "ui/bridge/ledger_bridge.h"
#include "ui/bridge/types.h"
#include "ui/library/document_panel.h"
#include "ui/library/empty_ledger.h"
#include "ui/widgets/controls.h"

class QLabel;
class QPushButton;
class QStackedWidget;

namespace commonplace::ui {

class FilterBar;
class LedgerFilter;
class LedgerItemModel;
class LedgerTable;
class ProgressCard;
class RootsPanel;
class UndoBar;

struct LibraryBridges {
    IndexBridge& index;
    LedgerBridge& ledger;
};

class LibraryPage final : public QWidget {
    Q_OBJECT
  public:
    explicit LibraryPage(LibraryBridges bridges, QWidget* parent = nullptr);
    ~LibraryPage() override;

    /// Column widths and order of the table, for the window's settings.
    QByteArray saveState() const;
    void restoreState(const QByteArray& state);

  public slots:
    void addFolder();
    void addFiles();
    void showProblems();  ///< as the status bar's "2 problems" leads to
    void focusFilter();
    void focusMain();  ///< the table, as soon as there is one; until then what adds documents
    void showFolder(const QString& path);  ///< the documents of a watched folder

  signals:
    void placeActivated(const commonplace::ui::Place& place);
    void openExternally(const QString& path);
    void reveal(const QString& path);
    void sampleRequested();

  protected:
    void showEvent(QShowEvent* event) override;

  private:
    // library_page.cpp: what it is made of
    QWidget* makeHead();
    QWidget* makeBody();
    QWidget* makeEmpty();
    void connectBridges();
    void connectPanels();

    // library_page_events.cpp: what it does
    void onProgress(const IndexProgress& progress);
    void onFinished(const IndexOutcome& outcome);
    void onChanged(const LedgerChanges& changes);
    void onRoots(const QVector<WatchedRoot>& roots);
    void onCurrent();
    void offerUndo(const QString& path);
    void onChoice(const QString& path, FileChoice choice);
    void act(const LedgerEntry& entry, DocumentAction action);
    void changeExclusion(const LedgerEntry& entry);
    void showRows();
    void showCounts();
    void focusTableIfWaiting();
    EmptyLedger::Why emptiness() const;
    void showNotice(const QString& text, LabelTone tone);

    LibraryBridges m_bridges;
    LedgerItemModel* m_model;
    LedgerFilter* m_rows;
    QStackedWidget* m_states = nullptr;  ///< body, nothing yet, the first reading
    QStackedWidget* m_list = nullptr;    ///< the table, or why it is empty
    EmptyLedger* m_first = nullptr;
    EmptyLedger* m_nothing = nullptr;
    LedgerTable* m_table = nullptr;
    FilterBar* m_filter = nullptr;
    QLabel* m_counts = nullptr;
    QPushButton* m_addFolder = nullptr;
    QLabel* m_notice = nullptr;
    RootsPanel* m_roots = nullptr;
    ProgressCard* m_progress = nullptr;
    DocumentPanel* m_document = nullptr;
    UndoBar* m_undo = nullptr;
    bool m_hasRoots = false;
    bool m_tableIsAwaited = false;  ///< by the focus
};

}  // namespace commonplace::ui
