// ModelButton: the quiet button of the composer that names who will answer, and the menu to choose another
// model for this conversation. Thread: GUI.
#pragma once

#include <QPointer>
#include <QPushButton>
#include <QVector>

#include "ui/bridge/chat_types.h"

class QMenu;

namespace commonplace::ui {

class ModelButton final : public QPushButton {
    Q_OBJECT
  public:
    explicit ModelButton(QWidget* parent);

    /// What the library's default is at the moment.
    void setUsual(const ChatModel& usual);
    /// What can be chosen beside it; an open menu follows.
    void setModels(const QVector<ChatModel>& models);
    /// The conversation's choice; without one the default answers.
    void setModel(const ChatModel& model);
    const ChatModel& model() const { return m_model; }
    const ChatModel& usual() const { return m_usual; }
    /// Who will answer the next question: the choice, else the default.
    const ChatModel& answering() const { return m_model.choice.isEmpty() ? m_usual : m_model; }
    void openMenu();

  signals:
    void chosen(const commonplace::ui::ChatModel& model);
    /// The menu opens: what it offers may be out of date.
    void modelsWanted();
    void settingsWanted();

  private:
    void fill(QMenu& menu);
    void offer(QMenu& menu, const QString& text, const ChatModel& model);
    void place(QMenu& menu) const;
    void showModel();

    ChatModel m_usual, m_model;
    QVector<ChatModel> m_models;
    QPointer<QMenu> m_menu;  ///< while it is open
};

}  // namespace commonplace::ui
