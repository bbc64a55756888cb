// WaitingLine: a word on stderr when something takes long to begin: a model that loads, an endpoint that
// stalls. Thread: made and destroyed on one; stop() from any.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace commonplace::app::cli {

class WaitingLine final {
  public:
    /// Says `line` once after `seconds`, unless stopped before.
    WaitingLine(double seconds, std::string line);
    ~WaitingLine() { stop(); }
    void stop();

  private:
    std::mutex m_mutex;
    std::condition_variable_any m_stopped;
    std::jthread m_thread;
};

}  // namespace commonplace::app::cli
