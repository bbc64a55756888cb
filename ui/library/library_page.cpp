#include "ui/library/library_page.h"

#include <QAction>
#include <QButtonGroup>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyle>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/library/document_panel.h"
#include "ui/library/ledger_delegate.h"
#include "ui/library/ledger_filter.h"
#include "ui/library/ledger_item_model.h"
#include "ui/library/ledger_text.h"
#include "ui/library/progress_card.h"
#include "ui/library/roots_panel.h"
#include "ui/library/undo_bar.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kRootsWidth = 200;
constexpr int kMostLines = 3;  ///< of errors that are shown after a run

Place placeOf(const LedgerEntry& entry) {
    Place place;
    place.sha256 = entry.sha256;
    place.path = entry.paths.value(0);
    place.title = entry.title;
    return place;
}

QString outcomeText(const IndexOutcome& outcome) {
    if (outcome.end == IndexOutcome::End::Failed)
        return LibraryPage::tr("Reading failed: %1").arg(outcome.error);
    QStringList lines = outcome.errors + outcome.notices;
    if (lines.size() > kMostLines) {
        const auto more = lines.size() - kMostLines;
        lines = lines.mid(0, kMostLines) << LibraryPage::tr("and %L1 more").arg(more);
    }
    return lines.join(QLatin1Char('\n'));
}

}  // namespace

LibraryPage::LibraryPage(LibraryBridges bridges, QWidget* parent)
    : QWidget(parent),
      m_bridges(bridges),
      m_model(new LedgerItemModel(this)),
      m_rows(new LedgerFilter(*m_model, this)) {
    setObjectName(QStringLiteral("libraryPage"));
    setAccessibleName(tr("Library"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(3 * kGrid, 2 * kGrid, 3 * kGrid, 2 * kGrid);
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
    m_states->addWidget(makeBody());
    m_states->addWidget(makeEmpty());
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
    QPushButton* folder = primaryButton(tr("Add folder…"), head);
    folder->setObjectName(QStringLiteral("libraryAddFolder"));
    row->addWidget(title);
    row->addSpacing(kGrid);
    row->addWidget(m_counts, 1);
    row->addWidget(files);
    row->addWidget(folder);
    connect(folder, &QPushButton::clicked, this, &LibraryPage::addFolder);
    connect(files, &QPushButton::clicked, this, &LibraryPage::addFiles);
    return head;
}

QWidget* LibraryPage::makeFilters() {
    auto* filters = new QWidget(this);
    auto* row = new QHBoxLayout(filters);
    row->setContentsMargins(kGrid, 0, 0, 0);
    row->setSpacing(kGrid);
    m_filter = new QLineEdit(filters);
    m_filter->setObjectName(QStringLiteral("libraryFilter"));
    m_filter->setAccessibleName(tr("Filter by name or path"));
    m_filter->setPlaceholderText(tr("Filter by name or path"));
    m_filter->setClearButtonEnabled(true);
    row->addWidget(m_filter, 1);
    m_chips = new QButtonGroup(this);
    const auto chip = [&](LedgerFilter::Show show, const QString& text, const char* name) {
        QPushButton* button = quietButton(text, filters);
        button->setProperty("kind", QStringLiteral("chip"));
        button->setObjectName(QString::fromLatin1(name));
        button->setCheckable(true);
        button->setChecked(show == LedgerFilter::Show::All);
        m_chips->addButton(button, static_cast<int>(show));
        row->addWidget(button);
    };
    chip(LedgerFilter::Show::All, tr("All"), "libraryShowAll");
    chip(LedgerFilter::Show::Problems, tr("Problems"), "libraryShowProblems");
    chip(LedgerFilter::Show::WithoutText, tr("Without text"), "libraryShowWithoutText");
    chip(LedgerFilter::Show::Offline, tr("Offline"), "libraryShowOffline");
    connect(m_filter, &QLineEdit::textChanged, m_rows, &LedgerFilter::setText);
    connect(m_filter, &QLineEdit::textChanged, this, &LibraryPage::showCounts);
    connect(m_chips, &QButtonGroup::idClicked, this, [this](int id) {
        m_rows->setShow(static_cast<LedgerFilter::Show>(id));
        showCounts();
    });
    return filters;
}

QWidget* LibraryPage::makeTable() {
    m_table = new QTableView(this);
    m_table->setObjectName(QStringLiteral("libraryTable"));
    m_table->setAccessibleName(tr("Documents"));
    m_table->setModel(m_rows);
    m_table->setItemDelegate(new LedgerDelegate(*m_rows, m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 2 * kGrid);
    QHeaderView* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setStretchLastSection(true);
    header->setSectionsMovable(true);
    const int em = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const int widths[] = {24 * em, 17 * em, 8 * em, 11 * em, 10 * em, 13 * em, 30 * em};
    for (int i = 0; i < LedgerItemModel::ColumnCount; ++i) m_table->setColumnWidth(i, widths[i]);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(LedgerItemModel::Status, Qt::AscendingOrder);  // problems first
    makeTableActions();
    return m_table;
}

void LibraryPage::makeTableActions() {
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    const auto add = [this](const QString& text, const char* name, const QKeySequence& keys, auto&& run) {
        auto* action = new QAction(text, m_table);
        action->setObjectName(QString::fromLatin1(name));
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, [this, run] {
            if (current()) run();
        });
        m_table->addAction(action);
    };
    add(tr("Open"), "libraryOpenAction", {}, [this] { openCurrent(); });
    add(tr("Open in the system viewer"), "libraryExternalAction", QKeySequence(Qt::CTRL | Qt::Key_Return),
        [this] { emit openExternally(current()->paths.value(0)); });
    add(tr("Show in folder"), "libraryRevealAction", {}, [this] { emit reveal(current()->paths.value(0)); });
    add(tr("Copy path"), "libraryCopyAction", QKeySequence::Copy,
        [this] { QGuiApplication::clipboard()->setText(current()->paths.value(0)); });
    add(tr("Read again"), "libraryRetryAction", QKeySequence(Qt::Key_F5),
        [this] { m_bridges.index.retry(current()->paths.mid(0, 1)); });
    add(tr("Exclude or include"), "libraryExcludeAction", QKeySequence::Delete,
        [this] { changeExclusion(); });
    connect(m_table, &QTableView::activated, this, &LibraryPage::openCurrent);
}

QWidget* LibraryPage::makeBody() {
    auto* body = new QWidget(this);
    auto* row = new QHBoxLayout(body);
    row->setContentsMargins(0, 0, 0, 0);
    auto* across = new QSplitter(Qt::Horizontal, body);
    across->setChildrenCollapsible(false);
    m_roots = new RootsPanel(across);
    auto* right = new QWidget(across);
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(kGrid, 0, 0, 0);
    column->setSpacing(kGrid);
    column->addWidget(makeFilters());
    column->addWidget(makeTable(), 1);
    m_document = new DocumentPanel(right);
    m_document->hide();
    column->addWidget(m_document);
    across->addWidget(m_roots);
    across->addWidget(right);
    across->setSizes({kRootsWidth, 4 * kRootsWidth});
    across->setStretchFactor(1, 1);
    row->addWidget(across);
    return body;
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
    connect(&ledger, &LedgerBridge::exclusionChanged, &index,
            [&index](const QString& path) { index.retry({path}); });
    connect(&ledger, &LedgerBridge::failed, this,
            [this](const QString& reason) { showNotice(reason, LabelTone::Bad); });
    if (index.isRunning()) onProgress(index.current());
    ledger.reload();
}

void LibraryPage::connectPanels() {
    connect(m_roots, &RootsPanel::currentChanged, this, [this](const QString& path) {
        m_rows->setFolder(path);
        showCounts();
    });
    connect(m_roots, &RootsPanel::removeRequested, this, &LibraryPage::removeRoot);
    connect(m_roots, &RootsPanel::rescanRequested, &m_bridges.index, &IndexBridge::rescan);
    connect(m_progress, &ProgressCard::pauseRequested, &m_bridges.index, &IndexBridge::pause);
    connect(m_progress, &ProgressCard::resumeRequested, &m_bridges.index, &IndexBridge::resume);
    connect(m_progress, &ProgressCard::stopRequested, &m_bridges.index, &IndexBridge::cancel);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &LibraryPage::onCurrent);
    connect(m_document, &DocumentPanel::openRequested, this, &LibraryPage::openCurrent);
    connect(m_document, &DocumentPanel::openExternallyRequested, this,
            [this] { emit openExternally(m_document->entry().paths.value(0)); });
    connect(m_document, &DocumentPanel::revealRequested, this,
            [this] { emit reveal(m_document->entry().paths.value(0)); });
    connect(m_document, &DocumentPanel::copyPathRequested, this,
            [this] { QGuiApplication::clipboard()->setText(m_document->entry().paths.value(0)); });
    connect(m_document, &DocumentPanel::retryRequested, this,
            [this] { m_bridges.index.retry(m_document->entry().paths.mid(0, 1)); });
    connect(m_document, &DocumentPanel::exclusionRequested, this, &LibraryPage::changeExclusion);
    connect(m_document, &DocumentPanel::closeRequested, m_table, &QTableView::clearSelection);
    connect(m_document, &DocumentPanel::closeRequested, m_document, &QWidget::hide);
}

void LibraryPage::addFolder() {
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Add a folder to the library"));
    if (!folder.isEmpty()) m_bridges.index.index({folder});
}

void LibraryPage::addFiles() {
    m_bridges.index.index(QFileDialog::getOpenFileNames(
        this, tr("Add files to the library"), QString(),
        tr("Documents (*.pdf *.md *.markdown *.html *.htm *.txt);;All files (*)")));
}

void LibraryPage::showProblems() {
    m_chips->button(static_cast<int>(LedgerFilter::Show::Problems))->click();
}

void LibraryPage::focusFilter() {
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void LibraryPage::showFolder(const QString& path) {
    m_filter->setText(path);
}

QByteArray LibraryPage::saveState() const {
    return m_table->horizontalHeader()->saveState();
}

void LibraryPage::restoreState(const QByteArray& state) {
    m_table->horizontalHeader()->restoreState(state);
    m_table->horizontalHeader()->setStretchLastSection(true);
}

void LibraryPage::showEvent(QShowEvent* event) {
    m_bridges.ledger.refreshSoon();
    QWidget::showEvent(event);
}

void LibraryPage::onProgress(const IndexProgress& progress) {
    m_notice->hide();
    m_progress->setProgress(progress);
    m_bridges.ledger.refreshSoon();
}

void LibraryPage::onFinished(const IndexOutcome& outcome) {
    if (!m_bridges.index.isRunning()) m_progress->hide();
    showNotice(outcomeText(outcome),
               outcome.end == IndexOutcome::End::Failed ? LabelTone::Bad : LabelTone::Warning);
    m_bridges.ledger.refresh();
}

void LibraryPage::onChanged(const LedgerChanges& changes) {
    m_model->apply(changes);
    showCounts();
    if (m_document->isVisible()) onCurrent();
}

void LibraryPage::onRoots(const QVector<WatchedRoot>& roots) {
    m_hasRoots = !roots.isEmpty();
    m_roots->setRoots(roots);
    showCounts();
}

void LibraryPage::onCurrent() {
    if (const LedgerEntry* entry = current())
        m_document->setEntry(*entry);
    else
        m_document->hide();
}

const LedgerEntry* LibraryPage::current() const {
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? &m_rows->entryAt(index) : nullptr;
}

void LibraryPage::openCurrent() {
    const LedgerEntry* entry = current();
    if (entry && entry->chunks > 0) emit placeActivated(placeOf(*entry));
}

void LibraryPage::removeRoot(const QString& path) {
    m_undo->settle();
    m_bridges.ledger.removeRoot(path);
}

/// The documents are hidden already; they are deleted from the index when nobody wants them back.
void LibraryPage::offerUndo(const QString& path) {
    const QString name = QFileInfo(path).fileName();
    m_undo->offer(
        tr("“%1” is no longer part of the library. Its files stay where they are.").arg(name),
        [this, path] { m_bridges.ledger.undoRemove(path); }, [this, path] { m_bridges.index.purge({path}); });
}

void LibraryPage::changeExclusion() {
    const LedgerEntry* entry = current();
    if (!entry || entry->paths.isEmpty()) return;
    const QString path = entry->paths.front();
    if (entry->state == DocumentState::Excluded) {
        m_bridges.ledger.include(path);
        return;
    }
    m_bridges.ledger.exclude(path);
    m_undo->offer(
        tr("“%1” is left out of the library.").arg(QFileInfo(path).fileName()),
        [this, path] { m_bridges.ledger.include(path); }, [] {});
}

void LibraryPage::showCounts() {
    const int all = m_model->rowCount();
    const int shown = m_rows->rowCount();
    m_states->setCurrentIndex(all == 0 && !m_hasRoots ? 1 : 0);
    if (all == 0 && !m_hasRoots)
        m_counts->clear();
    else
        m_counts->setText(shown == all ? documentsText(all)
                          : shown == 0 ? tr("none of %1").arg(documentsText(all))
                                       : tr("%L1 of %2").arg(shown).arg(documentsText(all)));
}

void LibraryPage::showNotice(const QString& text, LabelTone tone) {
    m_notice->setProperty("tone", tone == LabelTone::Bad ? QStringLiteral("bad") : QStringLiteral("warning"));
    m_notice->style()->unpolish(m_notice);
    m_notice->style()->polish(m_notice);
    m_notice->setText(text);
    m_notice->setVisible(!text.isEmpty());
}

}  // namespace commonplace::ui
