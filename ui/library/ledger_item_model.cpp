#include "ui/library/ledger_item_model.h"

#include <QLocale>
#include <algorithm>

#include "ui/bridge/paths.h"
#include "ui/library/ledger_text.h"
#include "ui/widgets/controls.h"

namespace commonplace::ui {
namespace {

/// More separate blocks than this to remove, and starting anew is quicker than moving the rows behind each.
constexpr int kMostBlocks = 64;

bool isNumber(int column) {
    return column == LedgerItemModel::Pages || column == LedgerItemModel::Passages ||
           column == LedgerItemModel::Size;
}

struct Block {
    int first = 0;
    int last = 0;
};

/// From the last block to the first, so that removing one leaves the others where they are.
QVector<Block> blocksOf(QVector<int> rows) {
    std::sort(rows.begin(), rows.end(), std::greater<>());
    QVector<Block> blocks;
    for (const int row : rows) {
        if (!blocks.isEmpty() && blocks.back().first == row + 1)
            blocks.back().first = row;
        else
            blocks.push_back({row, row});
    }
    return blocks;
}

}  // namespace

void LedgerItemModel::apply(const LedgerChanges& changes) {
    remove(changes.removed);
    upsert(changes.changed);
}

void LedgerItemModel::remove(const QVector<QString>& keys) {
    QVector<int> rows;
    for (const QString& key : keys)
        if (const int row = rowOf(key); row >= 0) rows.push_back(row);
    if (rows.isEmpty()) return;
    const QVector<Block> blocks = blocksOf(rows);
    if (blocks.size() > kMostBlocks) {
        beginResetModel();
        for (const int row : rows) m_rows[row].key.clear();
        m_rows.removeIf([](const LedgerEntry& entry) { return entry.key.isEmpty(); });
        m_sortNames.clear();
        for (const LedgerEntry& entry : m_rows) m_sortNames.push_back(nameText(entry).toCaseFolded());
    } else {
        for (const Block& block : blocks) removeBlock(block.first, block.last);
    }
    m_byKey.clear();
    for (int row = 0; row < m_rows.size(); ++row) m_byKey.insert(m_rows[row].key, row);
    if (blocks.size() > kMostBlocks) endResetModel();
}

void LedgerItemModel::removeBlock(int first, int last) {
    beginRemoveRows({}, first, last);
    m_rows.remove(first, last - first + 1);
    m_sortNames.remove(first, last - first + 1);
    endRemoveRows();
}

void LedgerItemModel::upsert(const QVector<LedgerEntry>& entries) {
    QVector<const LedgerEntry*> added;
    for (const LedgerEntry& entry : entries) {
        const int row = rowOf(entry.key);
        if (row < 0) {
            added.push_back(&entry);
            continue;
        }
        m_rows[row] = entry;
        m_sortNames[row] = nameText(entry).toCaseFolded();
        emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
    if (added.isEmpty()) return;
    const int first = static_cast<int>(m_rows.size());
    beginInsertRows({}, first, first + static_cast<int>(added.size()) - 1);
    for (const LedgerEntry* entry : added) {
        m_byKey.insert(entry->key, static_cast<int>(m_rows.size()));
        m_rows.push_back(*entry);
        m_sortNames.push_back(nameText(*entry).toCaseFolded());
    }
    endInsertRows();
}

int LedgerItemModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int LedgerItemModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString LedgerItemModel::text(const LedgerEntry& entry, int column) const {
    switch (column) {
        case Name:
            return nameText(entry);
        case Status:
            return badgeText(entry);
        case Pages:
            return entry.pages > 0 ? QLocale().toString(entry.pages) : QString();
        case Passages:
            return entry.chunks > 0 ? QLocale().toString(entry.chunks) : QString();
        case Size:
            return sizeText(entry.bytes);
        case Indexed:
            return timeText(entry.indexedAt);
        case Path:
            return readable(entry.paths.value(0));
        default:
            return {};
    }
}

/// What a cell has no room for.
QString LedgerItemModel::hint(const LedgerEntry& entry, int column) const {
    const QString paths = readable(entry.paths.join(QLatin1Char('\n')));
    if (column == Name) return nameText(entry) + QLatin1Char('\n') + paths;
    if (column != Status) return paths;
    const QString reason = reasonText(entry);
    return reason.isEmpty() ? statusText(entry) : statusText(entry) + QStringLiteral(": ") + reason;
}

QVariant LedgerItemModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const LedgerEntry& entry = m_rows[index.row()];
    switch (role) {
        case Qt::DisplayRole:
            return text(entry, index.column());
        case Qt::ToolTipRole:
            return plainToolTip(hint(entry, index.column()));
        case Qt::AccessibleTextRole:
            return index.column() == Status ? statusText(entry) : text(entry, index.column());
        case Qt::TextAlignmentRole:
            return static_cast<int>((isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft) |
                                    Qt::AlignVCenter);
        default:
            return {};
    }
}

QVariant LedgerItemModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case Name:
            return tr("Name");
        case Status:
            return tr("Status");
        case Pages:
            return tr("Pages");
        case Passages:
            return tr("Passages");
        case Size:
            return tr("Size");
        case Indexed:
            return tr("Read");
        case Path:
            return tr("Path");
        default:
            return {};
    }
}

}  // namespace commonplace::ui
