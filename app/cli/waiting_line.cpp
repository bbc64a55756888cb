#include "app/cli/waiting_line.h"

#include <chrono>

#include "app/cli/commands.h"

namespace commonplace::app::cli {

WaitingLine::WaitingLine(double seconds, std::string line) {
    m_thread = std::jthread([this, seconds, line = std::move(line)](const std::stop_token& stop) {
        std::unique_lock lock(m_mutex);
        m_stopped.wait_for(lock, stop, std::chrono::duration<double>(seconds), [] { return false; });
        if (!stop.stop_requested()) warn(line);
    });
}

void WaitingLine::stop() {
    m_thread.request_stop();
}

}  // namespace commonplace::app::cli
