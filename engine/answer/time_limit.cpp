#include "engine/answer/time_limit.h"

#include <condition_variable>
#include <mutex>
#include <utility>

namespace commonplace::answer {

TimeLimit::TimeLimit(std::stop_token stop, std::chrono::seconds time)
    : m_forward(std::move(stop), [this] { m_source.request_stop(); }),
      m_timer([this, time](const std::stop_token& done) {
          std::mutex mutex;
          std::condition_variable_any wake;
          std::unique_lock lock(mutex);
          if (!wake.wait_for(lock, done, time, [&] { return done.stop_requested(); }))
              m_source.request_stop();
      }) {}

}  // namespace commonplace::answer
