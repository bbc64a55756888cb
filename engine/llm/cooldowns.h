// Cooldowns: which models are left alone for a while because they were away. Kept longer than a question, and
// shared by all that ask. Thread: any.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace commonplace::llm {

class Cooldowns final {
  public:
    /// Seconds on a clock that never goes back; tests bring their own.
    using Clock = std::function<double()>;
    explicit Cooldowns(Clock clock = steadyClock());

    static constexpr double kSeconds = 30;  ///< who was away a moment ago still is

    void failed(const std::string& model);
    void succeeded(const std::string& model);
    bool isCooling(const std::string& model) const;

  private:
    static Clock steadyClock();

    Clock m_clock;
    mutable std::mutex m_mutex;
    std::map<std::string, double> m_until;
};

}  // namespace commonplace::llm
