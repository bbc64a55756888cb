#include "ui/window/palette_item_model.h"

#include <QAction>

namespace commonplace::ui {
namespace {

QString headingOf(PaletteGroup group) {
    switch (group) {
        case PaletteGroup::Commands:
            return PaletteItemModel::tr("Commands");
        case PaletteGroup::Conversations:
            return PaletteItemModel::tr("Conversations");
        case PaletteGroup::Documents:
            return PaletteItemModel::tr("Documents");
    }
    return {};
}

}  // namespace

void PaletteItemModel::setMatches(const QVector<PaletteMatch>& matches) {
    beginResetModel();
    m_matches = matches;
    m_rows.clear();
    for (int i = 0; i < m_matches.size(); ++i) {
        const PaletteGroup group = m_matches[i].item.group;
        if (i == 0 || m_matches[i - 1].item.group != group) m_rows.append({headingOf(group), -1});
        m_rows.append({{}, i});
    }
    endResetModel();
}

const PaletteMatch* PaletteItemModel::matchAt(const QModelIndex& index) const {
    if (!index.isValid() || index.row() >= m_rows.size()) return nullptr;
    const int match = m_rows[index.row()].match;
    return match < 0 ? nullptr : &m_matches[match];
}

QModelIndex PaletteItemModel::next(int row, int direction) const {
    for (int at = row + direction; at >= 0 && at < m_rows.size(); at += direction)
        if (m_rows[at].match >= 0) return index(at);
    return {};
}

int PaletteItemModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PaletteItemModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= m_rows.size()) return {};
    const PaletteMatch* match = matchAt(index);
    if (role == Qt::DisplayRole) return match ? match->item.title : m_rows[index.row()].heading;
    if (role == Qt::AccessibleDescriptionRole && match)
        return match->item.action ? match->item.action->shortcut().toString(QKeySequence::NativeText)
                                  : match->item.detail;
    return {};
}

Qt::ItemFlags PaletteItemModel::flags(const QModelIndex& index) const {
    return matchAt(index) ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

}  // namespace commonplace::ui
