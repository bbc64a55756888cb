#include "ui/bridge/network_bridge.h"

#include "engine/net/traffic.h"
#include "ui/bridge/host.h"

namespace commonplace::ui {
namespace {

constexpr int kLookMs = 500;

NetworkState stateOf(const net::Traffic& traffic) {
    NetworkState state;
    state.offline = traffic.reach() == net::Reach::LoopbackOnly ? Offline::Yes : Offline::No;
    for (const net::HostTraffic& one : traffic.hosts())
        state.hosts.push_back({QString::fromStdString(one.host), one.sent, one.received});
    return state;
}

}  // namespace

quint64 NetworkState::sent() const {
    quint64 sum = 0;
    for (const HostBytes& one : hosts) sum += one.sent;
    return sum;
}

NetworkBridge::NetworkBridge(Host& host, QObject* parent)
    : QObject(parent), m_host(host), m_state(stateOf(host.traffic())) {
    m_timer.setInterval(kLookMs);
    connect(&m_timer, &QTimer::timeout, this, &NetworkBridge::look);
    m_timer.start();
}

void NetworkBridge::setOffline(Offline offline) {
    m_host.traffic().setReach(offline == Offline::Yes ? net::Reach::LoopbackOnly : net::Reach::Anywhere);
    look();
    emit switched(offline);
}

void NetworkBridge::look() {
    NetworkState now = stateOf(m_host.traffic());
    if (now == m_state) return;
    m_state = std::move(now);
    emit changed(m_state);
}

}  // namespace commonplace::ui
