// The conversations in the window's sidebar: search, rename in place (F2), pin, delete with undo, all by
// keyboard too.
#pragma once

#include <QTimer>
#include <QWidget>

#include "ui/bridge/chat_types.h"

class QLabel;
class QLineEdit;
class QListView;

namespace commonplace::ui {

class ChatBridge;
class ConversationItemModel;

class ConversationList final : public QWidget {
    Q_OBJECT
  public:
    explicit ConversationList(ChatBridge& bridge, QWidget* parent = nullptr);
    /// Marks the one that is shown; 0: none. Does not emit activated().
    void setCurrent(qint64 conversation);
    void focusSearch();

  signals:
    void activated(qint64 conversation);
    /// The shown one was deleted.
    void currentRemoved();
    /// Any was deleted; ChatBridge::restore() brings it back.
    void removed(qint64 conversation, const QString& title);

  protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void buildUndo();
    void showChats(const QVector<ChatSummary>& chats, const QString& search);
    void openMenu(const QPoint& at);
    void openCurrent();
    void removeCurrent();
    void togglePin();
    void undoRemove();
    qint64 currentId() const;

    ChatBridge& m_bridge;
    ConversationItemModel* m_model;
    QLineEdit* m_search;
    QListView* m_view;
    QLabel* m_empty;
    QWidget* m_undoBar;
    QLabel* m_undoText;
    QTimer m_searchDelay;
    QTimer m_undoTime;
    qint64 m_shown = 0;
    qint64 m_removed = 0;
};

}  // namespace commonplace::ui
