#include "ui/settings/consent_line.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "ui/bridge/destination.h"
#include "ui/settings/fields.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {

ConsentLine::ConsentLine(ConsentBridge& bridge, QWidget* parent)
    : QWidget(parent),
      m_bridge(bridge),
      m_words(noteLabel(QStringLiteral("settingsConsent"), this)),
      m_button(quietButton(tr("Allow"), this)) {
    m_button->setObjectName(QStringLiteral("settingsConsentTurn"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_words, 1);
    row->addWidget(m_button, 0, Qt::AlignVCenter);
    setFocusProxy(m_button);
    setVisible(false);
    connect(m_button, &QPushButton::clicked, this, &ConsentLine::turn);
    connect(&m_bridge, &ConsentBridge::changed, this, &ConsentLine::followBridge);
}

void ConsentLine::setModel(const QString& baseUrl, const QString& model) {
    setServer(destinationOf(baseUrl, model) == Destination::Remote ? serverOf(baseUrl) : QString());
}

void ConsentLine::setServer(const QString& server) {
    m_server = server;
    followBridge();
}

void ConsentLine::followBridge() {
    setVisible(!m_server.isEmpty());
    if (m_server.isEmpty()) return;
    tell(m_bridge.allowed().contains(m_server) ? Consent::Given : Consent::Refused);
}

void ConsentLine::tell(Consent consent) {
    m_consent = consent;
    const QString host = hostOf(m_server);
    const bool given = consent == Consent::Given;
    say(*m_words,
        given ? tr("%1 may receive your questions and the passages found for them.").arg(host)
              : tr("Left out until you allow that your questions and the passages found for them go to %1.")
                    .arg(host),
        given ? "muted" : "warning");
    m_button->setText(given ? tr("Withdraw") : tr("Allow"));
    m_button->setAccessibleName(given ? tr("Send nothing more to %1").arg(host)
                                      : tr("Allow sending to %1").arg(host));
}

void ConsentLine::turn() {
    m_bridge.set(m_server, m_consent == Consent::Given ? Consent::Refused : Consent::Given);
}

}  // namespace commonplace::ui
