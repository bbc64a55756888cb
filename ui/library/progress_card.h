// ProgressCard: how far an index run is, with pause, resume and stop. Hidden while nothing runs.
#pragma once

#include <QFrame>

#include "ui/bridge/index_bridge.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace commonplace::ui {

class ProgressCard final : public QFrame {
    Q_OBJECT
  public:
    explicit ProgressCard(QWidget* parent = nullptr);
    void setProgress(const IndexProgress& progress);

  signals:
    void pauseRequested();
    void resumeRequested();
    void stopRequested();

  private:
    IndexProgress m_progress;
    QLabel* m_heading;
    QLabel* m_detail;
    QLabel* m_current;
    QProgressBar* m_bar;
    QPushButton* m_pause;
    QPushButton* m_stop;
};

}  // namespace commonplace::ui
