// NetworkBridge: the offline switch and what has gone to other computers since the program began.
//
// Thread: GUI. Looks at the counter twice a second; it never blocks. Remembering the switch is
// SettingsBridge's.
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>
#include <QVector>

#include "ui/bridge/settings_bridge.h"

namespace commonplace::ui {

class Host;

struct HostBytes {
    QString host;
    quint64 sent = 0;
    quint64 received = 0;
    bool operator==(const HostBytes&) const = default;
};

struct NetworkState {
    Offline offline = Offline::No;
    QVector<HostBytes> hosts;  ///< other computers, in the order of their first byte
    quint64 sent() const;
    bool operator==(const NetworkState&) const = default;
};

class NetworkBridge final : public QObject {
    Q_OBJECT
  public:
    explicit NetworkBridge(Host& host, QObject* parent = nullptr);

    const NetworkState& state() const { return m_state; }
    /// At once, also for requests that are running; changed() and switched() follow.
    void setOffline(Offline offline);

  signals:
    void changed(const commonplace::ui::NetworkState& state);
    /// The person has turned it: remember it.
    void switched(commonplace::ui::Offline offline);

  private:
    void look();

    Host& m_host;
    NetworkState m_state;
    QTimer m_timer;
};

}  // namespace commonplace::ui

Q_DECLARE_METATYPE(commonplace::ui::NetworkState)
Q_DECLARE_METATYPE(commonplace::ui::Offline)
