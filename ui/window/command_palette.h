// CommandPalette (Ctrl+K): every action of the window, the conversations and the documents, by typing the
// beginnings of their words. It lies over its parent, which it dims a little; Esc or a click beside it closes
// it. Thread: GUI.
#pragma once

#include <QPointer>
#include <QVector>
#include <QWidget>
#include <memory>

#include "ui/bridge/chat_types.h"
#include "ui/window/palette_items.h"

class QAction;
class QFrame;
class QLabel;
class QLineEdit;
class QListView;

namespace commonplace::ui {

struct LedgerChanges;
class PaletteItemModel;

class CommandPalette final : public QWidget {
    Q_OBJECT
  public:
    /// Covers `parent`, whose actions it offers.
    CommandPalette(const QVector<QAction*>& actions, QWidget* parent);
    ~CommandPalette() override;

    /// Newest first; results of a search of conversations are not taken for the list.
    void setConversations(const QVector<ChatSummary>& chats, const QString& search);
    void updateDocuments(const LedgerChanges& changes);

    /// Empties the field and shows itself.
    void popUp();

  signals:
    void conversationChosen(qint64 conversation);
    void documentChosen(const commonplace::ui::Place& place);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    struct Documents;
    void build();
    void filter();
    void fit();
    void move(int direction);
    void run(const QModelIndex& index);

    QVector<QPointer<QAction>> m_actions;
    QVector<PaletteItem> m_commands;
    QVector<PaletteItem> m_conversations;
    std::unique_ptr<Documents> m_documents;
    QFrame* m_card;
    QLineEdit* m_field;
    QListView* m_list;
    QLabel* m_nothing;
    PaletteItemModel* m_model;
    QPointer<QWidget> m_focusBefore;
};

}  // namespace commonplace::ui
