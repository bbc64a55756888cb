#include "engine/ingest/progress.h"

namespace commonplace::ingest {

void Gate::pause() {
    const std::lock_guard lock(m_mutex);
    m_paused = true;
}

void Gate::resume() {
    const std::lock_guard lock(m_mutex);
    m_paused = false;
    m_changed.notify_all();
}

bool Gate::paused() const {
    const std::lock_guard lock(m_mutex);
    return m_paused;
}

void Gate::pass(const std::stop_token& stop) {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, stop, [this] { return !m_paused; });
}

}  // namespace commonplace::ingest
