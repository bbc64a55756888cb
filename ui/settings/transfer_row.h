// TransferRow: a model on its way here: how far it is, pause, resume, cancel.
#pragma once

#include <QFrame>

#include "ui/bridge/models_types.h"

class QLabel;
class QProgressBar;
class QToolButton;

namespace commonplace::ui {

class TransferRow final : public QFrame {
    Q_OBJECT
  public:
    explicit TransferRow(QWidget* parent);
    void show(const ModelTransfer& transfer);

  signals:
    void pauseWanted();
    void resumeWanted();
    void cancelWanted();

  private:
    bool m_isPaused = false;
    QLabel* m_name;
    QLabel* m_state;
    QProgressBar* m_bar;
    QToolButton* m_hold;
    QToolButton* m_cancel;
};

/// "1.2 GB of 4.1 GB · 29 %"
QString progressText(const ModelTransfer& transfer);

}  // namespace commonplace::ui
