// Time: a steady stopwatch for durations and ISO 8601 UTC strings for what is stored.
#pragma once

#include <chrono>
#include <string>

namespace commonplace::base {

class Stopwatch {
  public:
    double seconds() const { return std::chrono::duration<double>(Clock::now() - m_start).count(); }
    double milliseconds() const { return seconds() * 1e3; }

  private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point m_start = Clock::now();
};

/// "2026-03-14T15:09:26Z"
std::string nowUtc();

}  // namespace commonplace::base
