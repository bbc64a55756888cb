#include "ui/library/library_page.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/library/filter_bar.h"
#include "ui/library/ledger_filter.h"
#include "ui/library/ledger_item_model.h"
#include "ui/library/ledger_table.h"
#include "ui/library/progress_card.h"
#include "ui/library/roots_panel.h"
#include "ui/library/undo_bar.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kRootsWidth = 168, kLedgerWidth = 800;

}  // namespace

LibraryPage::LibraryPage(LibraryBridges bridges, QWidget* parent)
    : QWidget(parent),
      m_bridges(bridges),
      m_model(new LedgerItemModel(this)),
      m_rows(new LedgerFilter(*m_model, this)) {
    setObjectName(QStringLiteral("libraryPage"));
    setAccessibleName(tr("Library"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2 * kGrid, 2 * kGrid, 2 * kGrid, 2 * kGrid);
    column->setSpacing(kGrid);
    column->addWidget(makeHead());
    m_progress = new ProgressCard(this);
    m_progress->hide();
    m_notice = textLabel({}, LabelTone::Warning, this);
    m_notice->setObjectName(QStringLiteral("libraryNotice"));
    m_notice->hide();
    m_undo = new UndoBar(this);
    column->addWidget(m_progress);
    column->addWidget(m_notice);
    m_states = new QStackedWidget(this);
    m_first = new EmptyLedger(this);
    for (QWidget* state : {makeBody(), makeEmpty(), static_cast<QWidget*>(m_first)})
        m_states->addWidget(state);
    column->addWidget(m_states, 1);
    column->addWidget(m_undo);
    connectBridges();
    connectPanels();
}

LibraryPage::~LibraryPage() = default;

QWidget* LibraryPage::makeHead() {
    auto* head = new QWidget(this);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kGrid);
    QLabel* title = textLabel(tr("Library"), LabelTone::Ink, head);
    title->setWordWrap(false);
    setTextFont(*title, TextSize::Title, TextWeight::Bold);
    m_counts = textLabel({}, LabelTone::Muted, head);
    m_counts->setObjectName(QStringLiteral("libraryCounts"));
    m_counts->setWordWrap(false);
    QPushButton* files = quietButton(tr("Add files…"), head);
    files->setObjectName(QStringLiteral("libraryAddFiles"));
    m_addFolder = primaryButton(tr("Add folder…"), head);
    m_addFolder->setObjectName(QStringLiteral("libraryAddFolder"));
    row->addWidget(title);
    row->addSpacing(kGrid);
    row->addWidget(m_counts, 1);
    row->addWidget(files);
    row->addWidget(m_addFolder);
    connect(m_addFolder, &QPushButton::clicked, this, &LibraryPage::addFolder);
    connect(files, &QPushButton::clicked, this, &LibraryPage::addFiles);
    return head;
}

QWidget* LibraryPage::makeBody() {
    auto* across = new QSplitter(Qt::Horizontal, this);
    across->setChildrenCollapsible(false);
    m_roots = new RootsPanel(across);
    auto* ledger = new QWidget(across);
    auto* column = new QVBoxLayout(ledger);
    column->setContentsMargins(kGrid, 0, 0, 0);
    column->setSpacing(kGrid);
    m_filter = new FilterBar(*m_rows, ledger);
    column->addWidget(m_filter);
    m_list = new QStackedWidget(ledger);
    m_table = new LedgerTable(*m_rows, m_list);
    setFocusProxy(m_table);
    m_nothing = new EmptyLedger(m_list);
    m_list->addWidget(m_table);
    m_list->addWidget(m_nothing);
    column->addWidget(m_list, 1);
    m_document = new DocumentPanel(ledger);
    m_document->hide();
    column->addWidget(m_document);
    across->addWidget(m_roots);
    across->addWidget(ledger);
    across->setSizes({kRootsWidth, kLedgerWidth});
    across->setStretchFactor(0, 0);
    across->setStretchFactor(1, 1);
    return across;
}

QWidget* LibraryPage::makeEmpty() {
    QPushButton* folder = primaryButton(tr("Add a folder…"), this);
    folder->setObjectName(QStringLiteral("libraryEmptyAddFolder"));
    QPushButton* sample = quietButton(tr("Add the sample library"), this);
    sample->setObjectName(QStringLiteral("libraryEmptySample"));
    connect(folder, &QPushButton::clicked, this, &LibraryPage::addFolder);
    connect(sample, &QPushButton::clicked, this, &LibraryPage::sampleRequested);
    return emptyState(
        QStringLiteral("library"), tr("Your library is empty"),
        tr("Add a folder with PDF, Markdown, HTML or text files, or drop it anywhere in this window. "
           "Files stay where they are: they are read, never changed, and nothing leaves this computer."),
        {folder, sample}, this);
}

void LibraryPage::connectBridges() {
    IndexBridge& index = m_bridges.index;
    LedgerBridge& ledger = m_bridges.ledger;
    connect(&index, &IndexBridge::progress, this, &LibraryPage::onProgress);
    connect(&index, &IndexBridge::finished, this, &LibraryPage::onFinished);
    connect(&index, &IndexBridge::purged, &ledger, &LedgerBridge::refresh);
    connect(&index, &IndexBridge::failed, this,
            [this](const QString& reason) { showNotice(reason, LabelTone::Bad); });
    connect(&ledger, &LedgerBridge::changed, this, &LibraryPage::onChanged);
    connect(&ledger, &LedgerBridge::rootsChanged, this, &LibraryPage::onRoots);
    connect(&ledger, &LedgerBridge::rootRemoved, this, &LibraryPage::offerUndo);
    connect(&ledger, &LedgerBridge::rootRestored, m_undo, &UndoBar::settle);
    // Another process may have deleted its documents meanwhile; what is unchanged is not read again.
    connect(&ledger, &LedgerBridge::rootRestored, &index,
            [&index](const QString& path) { index.index({path}); });
    connect(&ledger, &LedgerBridge::exclusionChanged, this, &LibraryPage::onChoice);
    connect(&ledger, &LedgerBridge::failed, this,
            [this](const QString& reason) { showNotice(reason, LabelTone::Bad); });
    if (index.isRunning()) onProgress(index.current());
    ledger.reload();
}

void LibraryPage::connectPanels() {
    connect(m_roots, &RootsPanel::currentChanged, this, [this](const QString& path) {
        m_rows->setFolder(path);
        showRows();
    });
    connect(m_roots, &RootsPanel::removeRequested, &m_bridges.ledger, &LedgerBridge::removeRoot);
    connect(m_roots, &RootsPanel::rescanRequested, &m_bridges.index, &IndexBridge::rescan);
    connect(m_progress, &ProgressCard::pauseRequested, &m_bridges.index, &IndexBridge::pause);
    connect(m_progress, &ProgressCard::resumeRequested, &m_bridges.index, &IndexBridge::resume);
    connect(m_progress, &ProgressCard::stopRequested, &m_bridges.index, &IndexBridge::cancel);
    connect(m_filter, &FilterBar::changed, this, &LibraryPage::showRows);
    connect(m_nothing, &EmptyLedger::clearRequested, m_filter, &FilterBar::clear);
    connect(m_table, &LedgerTable::actionRequested, this, [this](DocumentAction action) {
        const LedgerEntry entry = *m_table->current();  // a copy: acting may change the rows
        act(entry, action);
    });
    const QItemSelectionModel* chosen = m_table->selectionModel();
    connect(chosen, &QItemSelectionModel::currentRowChanged, this, &LibraryPage::onCurrent);
    connect(chosen, &QItemSelectionModel::selectionChanged, this, &LibraryPage::onCurrent);
    connect(m_document, &DocumentPanel::actionRequested, this, [this](DocumentAction action) {
        const LedgerEntry entry = m_document->entry();
        act(entry, action);
    });
    connect(m_document, &DocumentPanel::closeRequested, m_table, &QTableView::clearSelection);
    connect(m_document, &DocumentPanel::closeRequested, m_document, &QWidget::hide);
}

}  // namespace commonplace::ui
