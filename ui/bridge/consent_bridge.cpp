#include "ui/bridge/consent_bridge.h"

#include "engine/library/session.h"
#include "ui/bridge/consents.h"
#include "ui/bridge/host.h"

namespace commonplace::ui {

ConsentBridge::ConsentBridge(Host& host, QObject* parent)
    : QObject(parent),
      m_lane(
          host, [this](const QString& reason) { emit failed(reason); }, Lane::AtEnd::Finish) {}

void ConsentBridge::load() {
    m_lane.post([this](library::Session& session, const std::stop_token&) { tell(session); });
}

void ConsentBridge::set(const QString& server, Consent consent) {
    m_lane.post([this, server, consent](library::Session& session, const std::stop_token&) {
        if (const auto kept = keepConsent(server, consent, session.library()); !kept)
            emit failed(QString::fromStdString(kept.error().message()));
        tell(session);
    });
}

void ConsentBridge::tell(library::Session& session) {
    const auto servers = allowedServers(session.library());
    if (!servers) {
        emit failed(QString::fromStdString(servers.error().message()));
        return;
    }
    QMetaObject::invokeMethod(this, [this, now = *servers] {
        if (now == m_allowed) return;
        m_allowed = now;
        emit changed(m_allowed);
    });
}

}  // namespace commonplace::ui
