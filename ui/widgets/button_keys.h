// Return and Enter press the button that has the focus, as Space does. By itself Qt does so in dialogs only,
// where these keys may also mean the dialog's own default button: there nothing changes.
//
// Installed once; lives as long as its owner. Thread: GUI.
#pragma once

#include <QObject>

namespace commonplace::ui {

class ButtonKeys final : public QObject {
  public:
    explicit ButtonKeys(QObject* owner);
    bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace commonplace::ui
