#include "ui/chat/conversation_item_model.h"

#include <QLocale>

#include "ui/widgets/controls.h"

namespace commonplace::ui {
namespace {

QString groupOf(const ChatSummary& chat, const QDate& today) {
    if (chat.pin == Pin::Yes) return ConversationItemModel::tr("Pinned");
    const QDate day = chat.updated.toLocalTime().date();
    if (day >= today) return ConversationItemModel::tr("Today");
    return day == today.addDays(-1) ? ConversationItemModel::tr("Yesterday")
                                    : ConversationItemModel::tr("Earlier");
}

}  // namespace

void ConversationItemModel::setChats(const QVector<ChatSummary>& chats, Grouping grouping,
                                     const QDate& today) {
    beginResetModel();
    m_rows.clear();
    QString group;
    for (const ChatSummary& chat : chats) {
        const QString mine = grouping == Grouping::ByDate ? groupOf(chat, today) : QString();
        if (mine != group) m_rows.append({group = mine, {}});
        m_rows.append({QString(), chat});
    }
    endResetModel();
}

int ConversationItemModel::rowOf(qint64 conversation) const {
    for (int row = 0; row < m_rows.size(); ++row)
        if (m_rows[row].heading.isEmpty() && m_rows[row].chat.id == conversation) return row;
    return -1;
}

int ConversationItemModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ConversationItemModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Row& row = m_rows[index.row()];
    const bool heading = !row.heading.isEmpty();
    switch (role) {
        case Qt::DisplayRole:
        case Qt::AccessibleTextRole:
            return heading ? row.heading : row.chat.title;
        case Qt::EditRole:
            return heading ? QVariant() : row.chat.title;
        case Qt::ToolTipRole:
            return heading ? QVariant()
                           : plainToolTip(
                                 row.chat.title + QLatin1Char('\n') +
                                 QLocale().toString(row.chat.updated.toLocalTime(), QLocale::ShortFormat));
        case IdRole:
            return heading ? qint64(0) : row.chat.id;
        case IsHeadingRole:
            return heading;
        case IsPinnedRole:
            return !heading && row.chat.pin == Pin::Yes;
        case ExcerptRole:
            return row.chat.excerpt;
        default:
            return {};
    }
}

bool ConversationItemModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    const QString title = value.toString().simplified();
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid) || title.isEmpty())
        return false;
    Row& row = m_rows[index.row()];
    if (!row.heading.isEmpty() || row.chat.title == title) return false;
    row.chat.title = title;
    emit dataChanged(index, index);
    emit renameWanted(row.chat.id, title);
    return true;
}

Qt::ItemFlags ConversationItemModel::flags(const QModelIndex& index) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return Qt::NoItemFlags;
    if (!m_rows[index.row()].heading.isEmpty()) return Qt::ItemNeverHasChildren;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable | Qt::ItemNeverHasChildren;
}

}  // namespace commonplace::ui
