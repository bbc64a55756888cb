// LibraryPage: the ledger of all documents, the watched folders, and what indexing is doing.
#pragma once

#include <QWidget>

#include "ui/bridge/index_bridge.h"
#include "ui/bridge/ledger_bridge.h"
#include "ui/bridge/types.h"
#include "ui/widgets/controls.h"

class QButtonGroup;
class QLabel;
class QLineEdit;
class QStackedWidget;
class QTableView;

namespace commonplace::ui {

class DocumentPanel;
class LedgerFilter;
class LedgerItemModel;
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
    void showFolder(const QString& path);  ///< the documents at or below it

  signals:
    void placeActivated(const commonplace::ui::Place& place);
    void openExternally(const QString& path);
    void reveal(const QString& path);
    void sampleRequested();

  protected:
    void showEvent(QShowEvent* event) override;

  private:
    QWidget* makeHead();
    QWidget* makeFilters();
    QWidget* makeTable();
    QWidget* makeBody();
    QWidget* makeEmpty();
    void makeTableActions();
    void connectBridges();
    void connectPanels();

    void onProgress(const IndexProgress& progress);
    void onFinished(const IndexOutcome& outcome);
    void onChanged(const LedgerChanges& changes);
    void onRoots(const QVector<WatchedRoot>& roots);
    void onCurrent();
    void removeRoot(const QString& path);
    void offerUndo(const QString& path);
    void changeExclusion();
    void showCounts();
    void showNotice(const QString& text, LabelTone tone);
    void openCurrent();
    const LedgerEntry* current() const;

    LibraryBridges m_bridges;
    LedgerItemModel* m_model;
    LedgerFilter* m_rows;
    QStackedWidget* m_states = nullptr;
    QTableView* m_table = nullptr;
    QLineEdit* m_filter = nullptr;
    QButtonGroup* m_chips = nullptr;
    QLabel* m_counts = nullptr;
    QLabel* m_notice = nullptr;
    RootsPanel* m_roots = nullptr;
    ProgressCard* m_progress = nullptr;
    DocumentPanel* m_document = nullptr;
    UndoBar* m_undo = nullptr;
    bool m_hasRoots = false;
};

}  // namespace commonplace::ui
