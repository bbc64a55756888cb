#include "engine/llm/cooldowns.h"

#include <chrono>
#include <utility>

namespace commonplace::llm {

Cooldowns::Clock Cooldowns::steadyClock() {
    return [] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
    };
}

Cooldowns::Cooldowns(Clock clock) : m_clock(std::move(clock)) {}

void Cooldowns::failed(const std::string& model) {
    const std::lock_guard lock(m_mutex);
    m_until[model] = m_clock() + kSeconds;
}

void Cooldowns::succeeded(const std::string& model) {
    const std::lock_guard lock(m_mutex);
    m_until.erase(model);
}

bool Cooldowns::isCooling(const std::string& model) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_until.find(model);
    return found != m_until.end() && m_clock() < found->second;
}

}  // namespace commonplace::llm
