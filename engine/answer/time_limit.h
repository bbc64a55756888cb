// TimeLimit: a bound for small tasks of a model that nobody shall wait for.
#pragma once

#include <chrono>
#include <functional>
#include <stop_token>
#include <thread>

namespace commonplace::answer {

/// Asks for a stop when the time is over, or when the person does. Owns a thread while it lives.
class TimeLimit final {
  public:
    TimeLimit(std::stop_token stop, std::chrono::seconds time);
    std::stop_token token() const { return m_source.get_token(); }

  private:
    struct Forward {
        Forward(std::stop_token stop, std::function<void()> act)
            : callback(std::move(stop), std::move(act)) {}
        std::stop_callback<std::function<void()>> callback;
    };
    std::stop_source m_source;
    Forward m_forward;
    std::jthread m_timer;
};

}  // namespace commonplace::answer
