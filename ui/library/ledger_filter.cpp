#include "ui/library/ledger_filter.h"

#include <algorithm>

#include "ui/library/ledger_item_model.h"
#include "ui/library/ledger_text.h"

namespace commonplace::ui {

LedgerFilter::LedgerFilter(LedgerItemModel& model, QObject* parent)
    : QSortFilterProxyModel(parent), m_model(model) {
    setSourceModel(&m_model);
    setDynamicSortFilter(true);
}

void LedgerFilter::setShow(Show show) {
    if (m_show == show) return;
    m_show = show;
    invalidateRowsFilter();
}

void LedgerFilter::setText(const QString& text) {
    const QStringList words = text.toCaseFolded().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (m_words == words) return;
    m_words = words;
    invalidateRowsFilter();
}

void LedgerFilter::setFolder(const QString& path) {
    if (m_folder == path) return;
    m_folder = path;
    invalidateRowsFilter();
}

bool LedgerFilter::isInFolder(const LedgerEntry& entry) const {
    if (m_folder.isEmpty()) return true;
    const QString below = m_folder.endsWith(QLatin1Char('/')) ? m_folder : m_folder + QLatin1Char('/');
    return std::any_of(entry.paths.begin(), entry.paths.end(),
                       [&](const QString& path) { return path == m_folder || path.startsWith(below); });
}

const LedgerEntry& LedgerFilter::entryAt(const QModelIndex& index) const {
    return m_model.entryAt(mapToSource(index).row());
}

bool LedgerFilter::isShown(const LedgerEntry& entry) const {
    switch (m_show) {
        case Show::All:
            return true;
        case Show::Problems:
            return isProblem(entry);
        case Show::WithoutText:
            return entry.state == DocumentState::WithoutText || entry.pagesWithoutText > 0;
        case Show::Offline:
            return entry.presence == Presence::Offline;
    }
    return true;
}

bool LedgerFilter::filterAcceptsRow(int row, const QModelIndex&) const {
    const LedgerEntry& entry = m_model.entryAt(row);
    if (!isShown(entry) || !isInFolder(entry)) return false;
    return std::all_of(m_words.begin(), m_words.end(), [&](const QString& word) {
        return m_model.sortName(row).contains(word) ||
               std::any_of(entry.paths.begin(), entry.paths.end(),
                           [&](const QString& path) { return path.contains(word, Qt::CaseInsensitive); });
    });
}

bool LedgerFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const LedgerEntry& a = m_model.entryAt(left.row());
    const LedgerEntry& b = m_model.entryAt(right.row());
    switch (left.column()) {
        case LedgerItemModel::Status:
            if (a.presence != b.presence) return a.presence < b.presence;
            if (a.state != b.state) return a.state < b.state;
            break;
        case LedgerItemModel::Pages:
            return a.pages < b.pages;
        case LedgerItemModel::Passages:
            return a.chunks < b.chunks;
        case LedgerItemModel::Size:
            return a.bytes < b.bytes;
        case LedgerItemModel::Indexed:
            return a.indexedAt < b.indexedAt;
        case LedgerItemModel::Path:
            return a.key < b.key;
        default:
            break;
    }
    return m_model.sortName(left.row()) < m_model.sortName(right.row());
}

}  // namespace commonplace::ui
