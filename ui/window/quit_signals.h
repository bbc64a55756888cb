// QuitSignals: SIGTERM, SIGINT and SIGHUP as a wish to close the window, so that drafts are stored, work is
// ended and the libraries are closed. One at a time in a process; made after the QApplication, and to outlive
// what has to be closed. Thread: GUI. Source: signal-safety(7), the self-pipe.
#pragma once

#include <signal.h>

#include <QObject>
#include <QSocketNotifier>
#include <array>
#include <optional>

namespace commonplace::ui {

class QuitSignals final : public QObject {
    Q_OBJECT
  public:
    /// Signals that are ignored stay ignored (nohup). Without a pipe to be had all stay as they are.
    explicit QuitSignals(QObject* parent = nullptr);
    /// The signals do again what they did before.
    ~QuitSignals() override;

  signals:
    /// Once. A second Ctrl+C ends the process there and then.
    void requested();

  private:
    void onReadable();

    static constexpr std::array kSignals{SIGTERM, SIGINT, SIGHUP};
    std::array<struct sigaction, kSignals.size()> m_before{};
    std::array<int, 2> m_pipe{-1, -1};
    std::optional<QSocketNotifier> m_notifier;
};

}  // namespace commonplace::ui
