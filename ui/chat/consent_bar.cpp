#include "ui/chat/consent_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
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
    m_text->setText(tr("This would leave your computer: %1. It goes to %2. Send it? This is asked once.")
                        .arg(what, server));
    show();
}

void ConsentBar::withdraw(qint64 answer) {
    if (answer != m_answer) return;
    m_answer = 0;
    hide();
}

void ConsentBar::decide(Consent consent) {
    const qint64 answer = std::exchange(m_answer, 0);
    hide();
    emit decided(answer, consent);
}

}  // namespace commonplace::ui
