// NetworkLight: the corner of the status line that says what has left this computer, with the offline switch
// behind a click. Green: nothing can, or nothing has and nothing is set to. Thread: GUI.
#pragma once

#include <QPushButton>

#include "ui/bridge/network_bridge.h"

namespace commonplace::ui {

/// "Offline: 0 bytes sent to other computers", "1.2 KiB sent to api.example.com since the start".
/// `remoteModel`: the host that answers come from; empty: this computer. `helper`: the host of a small model,
/// which makes titles and reads follow-ups.
QString networkText(const NetworkState& state, const QString& remoteModel, const QString& helper = {});

class NetworkLight final : public QPushButton {
    Q_OBJECT
  public:
    explicit NetworkLight(QWidget* parent);

    void setState(const NetworkState& state);
    /// Empty: no remote model; else the host that questions and passages go to.
    /// `helper`: as in networkText().
    void setRemoteModel(const QString& host, const QString& helper = {});

  signals:
    void offlineWanted(commonplace::ui::Offline offline);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void showState();
    QString about() const;
    void paintLight();
    void openPopover();

    NetworkState m_state;
    QString m_remoteModel, m_helper;
};

}  // namespace commonplace::ui
