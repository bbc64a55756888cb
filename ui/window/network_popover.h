// What stands behind the light of the status line: the offline switch, each place that texts can go to, and
// each computer that something was sent to. Deletes itself when it closes. Thread: GUI.
#pragma once

#include <QFrame>

#include "ui/bridge/network_bridge.h"

namespace commonplace::ui {

class NetworkPopover final : public QFrame {
    Q_OBJECT
  public:
    /// `places`: one line for each place that texts can go to.
    NetworkPopover(const NetworkState& state, const QStringList& places, QWidget* parent);
    /// Right above `anchor`, within its screen.
    void showAbove(const QWidget& anchor);

  signals:
    void offlineWanted(commonplace::ui::Offline offline);

  protected:
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace commonplace::ui
