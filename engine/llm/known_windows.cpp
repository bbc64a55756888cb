#include "engine/llm/known_windows.h"

#include <chrono>

namespace commonplace::llm {

KnownWindows::Clock KnownWindows::steadyClock() {
    return [] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
    };
}

KnownWindows::KnownWindows(Clock clock) : m_clock(std::move(clock)) {}

std::optional<KnownWindows::Look> KnownWindows::find(const std::string& server,
                                                     const std::string& model) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.find({server, model});
    if (found == m_entries.end() || m_clock() >= found->second.until) return std::nullopt;
    return found->second.look;
}

void KnownWindows::remember(const std::string& server, const std::string& model, Look look) {
    const std::lock_guard lock(m_mutex);
    const double now = m_clock();
    std::erase_if(m_entries, [now](const auto& one) { return now >= one.second.until; });
    m_entries[{server, model}] = {look, now + (look.tokens ? kToldSeconds : kSilentSeconds)};
}

}  // namespace commonplace::llm
