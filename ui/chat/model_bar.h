// The card that says that the model of this conversation does not answer any more, and offers the default.
// Thread: GUI.
#pragma once

#include <QFrame>

#include "ui/bridge/chat_types.h"

class QLabel;
class QPushButton;

namespace commonplace::ui {

class ModelBar final : public QFrame {
    Q_OBJECT
  public:
    explicit ModelBar(QWidget* parent);

    /// Shown for a conversation's own model that is gone, or that gave no word of `last`, the answer that the
    /// conversation ends with (null: none); hidden otherwise. `usual`: what is offered.
    void showFor(const ChatModel& model, const ChatMessage* last, const ChatModel& usual);

    /// The name of the model's file that Ctrl+Z would bring back; empty: none. Counts from the next
    /// showFor().
    void setRestorable(const QString& file) { m_restorable = file; }

  signals:
    /// The default shall answer, from now on; `failedAnswer`: again what this one did not (0: nothing).
    void usualWanted(qint64 failedAnswer);

  private:
    QString textFor(const ChatModel& model) const;

    QLabel* m_text;
    QPushButton* m_use;
    QString m_restorable;
    qint64 m_failed = 0;
};

}  // namespace commonplace::ui
