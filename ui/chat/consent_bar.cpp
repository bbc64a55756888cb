#include "ui/chat/consent_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <algorithm>
#include <utility>

#include "ui/widgets/controls.h"

namespace commonplace::ui {

ConsentBar::ConsentBar(QWidget* parent) : QFrame(parent), m_text(textLabel({}, LabelTone::Ink, this)) {
    setObjectName(QStringLiteral("consentBar"));
    setProperty("kind", QStringLiteral("card"));
    m_text->setObjectName(QStringLiteral("consentText"));
    auto* refuse = quietButton(tr("Quote only"), this);
    auto* give = primaryButton(tr("Send"), this);
    refuse->setObjectName(QStringLiteral("refuseConsent"));
    give->setObjectName(QStringLiteral("giveConsent"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 10, 14, 10);
    row->addWidget(m_text, 1);
    row->addWidget(refuse);
    row->addWidget(give);
    connect(refuse, &QPushButton::clicked, this, [this] { decide(Consent::Refused); });
    connect(give, &QPushButton::clicked, this, [this] { decide(Consent::Given); });
    hide();
}

void ConsentBar::ask(const QString& server, const QString& what, qint64 answer) {
    m_answer = answer;
    m_question = tr("This would leave your computer: %1. It goes to %2. Send it? This is asked once.")
                     .arg(what, server);
    m_text->setText(m_question);
}

void ConsentBar::showIn(const Chat& chat) {
    const auto isIt = [this](const ChatMessage& message) { return message.id == m_answer; };
    const auto isWriting = [](const ChatMessage& message) {
        return message.speaker == Speaker::Program && message.answer.state == AnswerState::Writing;
    };
    const bool mine = std::any_of(chat.messages.begin(), chat.messages.end(), isIt);
    const bool behind = std::any_of(chat.messages.begin(), chat.messages.end(), isWriting);
    m_text->setText(mine ? m_question : tr("Another conversation comes first. %1").arg(m_question));
    const bool isWaiting = m_answer != 0 && (mine || behind);
    setVisible(isWaiting);
    emit waitingChanged(isWaiting ? WaitsFor::Person : WaitsFor::Program);
}

void ConsentBar::withdraw(qint64 answer) {
    if (answer != m_answer) return;
    m_answer = 0;
    hide();
    emit waitingChanged(WaitsFor::Program);
}

void ConsentBar::decide(Consent consent) {
    const qint64 answer = std::exchange(m_answer, 0);
    hide();
    emit waitingChanged(WaitsFor::Program);
    emit decided(answer, consent);
}

}  // namespace commonplace::ui
