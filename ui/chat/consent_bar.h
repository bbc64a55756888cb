// The card that asks before a question leaves this computer for the first time. Thread: GUI.
#pragma once

#include <QFrame>

#include "ui/bridge/chat_types.h"

class QLabel;

namespace commonplace::ui {

class ConsentBar final : public QFrame {
    Q_OBJECT
  public:
    explicit ConsentBar(QWidget* parent);

    /// A question that was open is replaced. showIn() decides whether it is seen.
    void ask(const QString& server, const QString& what, qint64 answer);
    /// Shown in the conversation whose answer waits; and in one that waits behind it, with a word that
    /// another conversation comes first.
    void showIn(const Chat& chat);
    /// Hides itself, unless it asks for another answer.
    void withdraw(qint64 answer);

  signals:
    void decided(qint64 answer, commonplace::ui::Consent consent);
    /// Whether somebody waits for the person in the conversation that is shown.
    void waitingChanged(commonplace::ui::WaitsFor who);

  private:
    void decide(Consent consent);

    QLabel* m_text;
    QString m_question;
    qint64 m_answer = 0;  ///< the answer that waits; 0: none
};

}  // namespace commonplace::ui
