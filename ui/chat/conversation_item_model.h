// The conversations as a list with headings: Pinned, Today, Yesterday, Earlier (or what a search found).
#pragma once

#include <QAbstractListModel>
#include <QDate>
#include <QVector>

#include "ui/bridge/chat_types.h"

namespace commonplace::ui {

class ConversationItemModel final : public QAbstractListModel {
    Q_OBJECT
  public:
    enum Role { IdRole = Qt::UserRole + 1, IsHeadingRole, IsPinnedRole, ExcerptRole };
    enum class Grouping { ByDate, None };

    using QAbstractListModel::QAbstractListModel;
    void setChats(const QVector<ChatSummary>& chats, Grouping grouping, const QDate& today);
    /// -1: not there.
    int rowOf(qint64 conversation) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

  signals:
    void renameWanted(qint64 conversation, const QString& title);

  private:
    struct Row {
        QString heading;  ///< empty: a conversation
        ChatSummary chat;
    };
    QVector<Row> m_rows;
};

}  // namespace commonplace::ui
