// NetworkLight: the corner of the status line that says what has left this computer, with the offline switch
// behind a click. Green: nothing can, or nothing has and nothing is set to. Its tool tip and what
// is behind the click name every place that texts can go to. Thread: GUI.
#pragma once

#include <QPushButton>

#include "ui/bridge/chat_types.h"
#include "ui/bridge/network_bridge.h"

namespace commonplace::ui {

/// "Offline: 0 bytes sent to other computers", "1.2 KiB sent to api.example.com since the start".
QString networkText(const NetworkState& state, const PlacesElsewhere& places);
/// One line for each place that texts can go to, and what goes there; empty: nowhere.
QStringList placeLines(const PlacesElsewhere& places);

class NetworkLight final : public QPushButton {
    Q_OBJECT
  public:
    explicit NetworkLight(QWidget* parent);

    void setState(const NetworkState& state);
    void setPlaces(const PlacesElsewhere& places);

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
    PlacesElsewhere m_places;
};

}  // namespace commonplace::ui
