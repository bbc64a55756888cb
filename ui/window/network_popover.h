// What stands behind the light of the status line: the offline switch, and each computer that something was
// sent to. Deletes itself when it closes. Thread: GUI.
#pragma once

#include <QFrame>

#include "ui/bridge/network_bridge.h"

namespace commonplace::ui {

class NetworkPopover final : public QFrame {
    Q_OBJECT
  public:
    NetworkPopover(const NetworkState& state, QWidget* parent);
    /// Right above `anchor`, within its screen.
    void showAbove(const QWidget& anchor);

  signals:
    void offlineWanted(commonplace::ui::Offline offline);

  protected:
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace commonplace::ui
