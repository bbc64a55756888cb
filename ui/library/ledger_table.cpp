#include "ui/library/ledger_table.h"

#include <QAction>
#include <QDataStream>
#include <QDateTime>
#include <QEvent>
#include <QHeaderView>
#include <QIODevice>
#include <QLocale>
#include <QMenu>
#include <QScopedValueRollback>
#include <algorithm>
#include <utility>

#include "ui/library/ledger_delegate.h"
#include "ui/library/ledger_filter.h"
#include "ui/library/ledger_item_model.h"
#include "ui/library/ledger_text.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr quint32 kStateMagic = 0x436c7431;  // "Clt1": states of other forms are passed over
constexpr int kArrow = 16;                   // px beside a header's text, for the sort arrow
constexpr int kNarrowestName = 112, kNarrowestPath = 56;
constexpr int kSlack = 4;  // px: text of exactly its room would be elided
constexpr double kShareOfName = 0.62;
constexpr int kLettersOfName = 28, kLettersOfPath = 12;  // less tells nothing
constexpr int kFirstToYield[] = {LedgerItemModel::Passages, LedgerItemModel::Pages, LedgerItemModel::Size};

/// Of a stored state, which anybody may have written.
QVector<int> known(QVector<int> columns) {
    columns.removeIf(
        [](int column) { return column <= LedgerItemModel::Name || column >= LedgerItemModel::ColumnCount; });
    return columns;
}

}  // namespace

LedgerTable::LedgerTable(LedgerFilter& rows, QWidget* parent) : QTableView(parent), m_rows(rows) {
    setObjectName(QStringLiteral("libraryTable"));
    setAccessibleName(tr("Documents"));
    setModel(&m_rows);
    setItemDelegate(new LedgerDelegate(m_rows, this));
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setMinimumSectionSize(4 * kGrid);
    setSortingEnabled(true);
    sortByColumn(LedgerItemModel::Status, Qt::AscendingOrder);  // problems first
    addActions();
    addColumnMenu();
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this](int column) {
        const bool stretched = column == horizontalHeader()->logicalIndex(model()->columnCount() - 1);
        if (!m_isFitting && !stretched) m_widths = Widths::Own;
    });
    fit();
}

const LedgerEntry* LedgerTable::current() const {
    const QModelIndex index = currentIndex();
    return index.isValid() ? &m_rows.entryAt(index) : nullptr;
}

void LedgerTable::addActions() {
    setContextMenuPolicy(Qt::ActionsContextMenu);
    const auto add = [this](const QString& text, const char* name, const QKeySequence& keys,
                            DocumentAction what) {
        auto* action = new QAction(text, this);
        action->setObjectName(QString::fromLatin1(name));
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, [this, what] {
            if (current()) emit actionRequested(what);
        });
        addAction(action);
    };
    add(tr("Open"), "libraryOpenAction", {}, DocumentAction::Open);
    add(tr("Open in the system viewer"), "libraryExternalAction", QKeySequence(Qt::CTRL | Qt::Key_Return),
        DocumentAction::OpenExternally);
    add(tr("Show in folder"), "libraryRevealAction", {}, DocumentAction::Reveal);
    add(tr("Copy path"), "libraryCopyAction", QKeySequence::Copy, DocumentAction::CopyPath);
    add(tr("Read again"), "libraryRetryAction", QKeySequence(Qt::Key_F5), DocumentAction::Retry);
    add(tr("Exclude or include"), "libraryExcludeAction", QKeySequence::Delete, DocumentAction::Exclude);
    connect(this, &QTableView::activated, this, [this] {
        if (current()) emit actionRequested(DocumentAction::Open);
    });
}

/// At the header for the mouse, and in the table's own menu for the keyboard.
void LedgerTable::addColumnMenu() {
    QHeaderView* header = horizontalHeader();
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    auto* menu = new QMenu(tr("Columns"), this);
    menu->setObjectName(QStringLiteral("libraryColumns"));
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillColumnMenu(*menu); });
    connect(header, &QHeaderView::customContextMenuRequested, menu,
            [header, menu](const QPoint& at) { menu->popup(header->mapToGlobal(at)); });
    addAction(menu->menuAction());
}

void LedgerTable::fillColumnMenu(QMenu& menu) {
    menu.clear();
    for (int column = 0; column < LedgerItemModel::ColumnCount; ++column) {
        if (column == LedgerItemModel::Name) continue;  // a row without a name would be nobody's
        QAction* action = menu.addAction(model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool shown) {
            const QScopedValueRollback<bool> fitting(m_isFitting, true);
            m_kept.removeAll(column);
            m_yielded.removeAll(column);
            if (shown) m_kept << column;
            setColumnHidden(column, !shown);
            fit();
        });
    }
    menu.addSeparator();
    QAction* again = menu.addAction(tr("Fit columns to the window"), this, &LedgerTable::fitAgain);
    again->setEnabled(m_widths == Widths::Own);
}

void LedgerTable::fitAgain() {
    m_widths = Widths::Fitted;
    m_kept.clear();
    fit();
}

/// px for the header's words and for what usually stands below them.
int LedgerTable::wanted(int column) const {
    const QFontMetrics metrics = fontMetrics();
    const QLocale locale;
    QString sample;
    switch (column) {
        case LedgerItemModel::Status:
            return std::max(LedgerDelegate::badgeWidth(), horizontalHeader()->sectionSizeHint(column));
        case LedgerItemModel::Pages:
        case LedgerItemModel::Passages:
            sample = locale.toString(9999);
            break;
        case LedgerItemModel::Size:
            sample = locale.formattedDataSize(888'800'000, 1, QLocale::DataSizeSIFormat);
            break;
        case LedgerItemModel::Indexed:
            sample = timeText(QDateTime::currentMSecsSinceEpoch());
            break;
        default:
            return 0;
    }
    const QString head = model()->headerData(column, Qt::Horizontal).toString();
    const bool sorted = horizontalHeader()->sortIndicatorSection() == column;
    return std::max(metrics.horizontalAdvance(sample),
                    metrics.horizontalAdvance(head) + (sorted ? kArrow : 0)) +
           2 * kGrid + kSlack;
}

void LedgerTable::fit() {
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 2 * kGrid);
    if (m_widths == Widths::Own) return;
    const QScopedValueRollback<bool> fitting(m_isFitting, true);
    showYielded();
    int room = viewport()->width();
    for (int column = 0; column < LedgerItemModel::ColumnCount; ++column) {
        const int width = wanted(column);
        if (width == 0 || isColumnHidden(column)) continue;
        setColumnWidth(column, width);
        room -= width;
    }
    yieldColumns(room);
    for (const int column : std::as_const(m_yielded)) room += wanted(column);
    const bool withPath = !isColumnHidden(LedgerItemModel::Path);
    const int name = withPath ? std::min(static_cast<int>(room * kShareOfName), room - kNarrowestPath) : room;
    setColumnWidth(LedgerItemModel::Name, std::max(kNarrowestName, name));
    setColumnWidth(LedgerItemModel::Path,
                   std::max(kNarrowestPath, room - columnWidth(LedgerItemModel::Name)));
}

void LedgerTable::showYielded() {
    for (const int column : std::exchange(m_yielded, {})) setColumnHidden(column, false);
}

/// `room`: px that are left for name and path.
void LedgerTable::yieldColumns(int room) {
    const bool withPath = !isColumnHidden(LedgerItemModel::Path);
    const int letters = kLettersOfName + (withPath ? kLettersOfPath : 0);
    const int least = letters * fontMetrics().averageCharWidth();
    for (const int column : kFirstToYield) {
        if (room >= least) return;
        if (isColumnHidden(column) || m_kept.contains(column)) continue;
        room += wanted(column);
        m_yielded << column;
        setColumnHidden(column, true);
    }
}

void LedgerTable::resizeEvent(QResizeEvent* event) {
    const QScopedValueRollback<bool> fitting(m_isFitting, true);  // the last column stretches by itself
    QTableView::resizeEvent(event);
    fit();
}

void LedgerTable::changeEvent(QEvent* event) {
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) fit();
}

QByteArray LedgerTable::saveColumns() const {
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << kStateMagic << (m_widths == Widths::Own) << horizontalHeader()->saveState() << m_yielded
           << m_kept;
    return state;
}

void LedgerTable::restoreColumns(const QByteArray& state) {
    QDataStream stream(state);
    quint32 magic = 0;
    bool own = false;
    QByteArray columns;
    stream >> magic >> own >> columns;
    if (stream.status() != QDataStream::Ok || magic != kStateMagic) return;
    QVector<int> yielded, kept;
    stream >> yielded >> kept;  // older states end before them
    const QScopedValueRollback<bool> fitting(m_isFitting, true);
    if (!horizontalHeader()->restoreState(columns)) return;
    m_yielded = known(yielded);
    m_kept = known(kept);
    m_widths = own ? Widths::Own : Widths::Fitted;
    horizontalHeader()->setStretchLastSection(true);
    setColumnHidden(LedgerItemModel::Name, false);
    fit();
}

}  // namespace commonplace::ui
