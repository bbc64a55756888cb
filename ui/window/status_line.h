// StatusLine: the bottom of the window: what indexing does, problems, and what leaves this computer.
// Thread: GUI.
#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace commonplace::ui {

class NetworkLight;

/// What the line shows of a run of indexing.
struct IndexingState {
    QString text;      ///< "Reading 214 of 1,032 files"
    QString detail;    ///< "report.pdf · 31 pages/s · 4 min left"
    int permille = 0;  ///< of the present phase
    int problems = 0;
    enum class Run { Idle, Running, Paused } run = Run::Idle;
};

class StatusLine final : public QWidget {
    Q_OBJECT
  public:
    explicit StatusLine(QWidget* parent);

    void show(const IndexingState& state);
    /// A word for some seconds ("Copied", "Removed"), with what the button beside it does, if anything.
    void say(const QString& message);
    /// What leaves this computer, and the offline switch.
    NetworkLight& network() { return *m_network; }

  signals:
    void problemsClicked();
    void pauseClicked();

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    QLabel* m_text;
    QProgressBar* m_bar;
    QLabel* m_detail;
    QToolButton* m_pause;
    QPushButton* m_problems;
    QLabel* m_message;
    QTimer m_messageEnds;  ///< of the message that stands there now
    NetworkLight* m_network;
};

}  // namespace commonplace::ui
