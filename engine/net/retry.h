// Which refused requests are sent again, and after how long: as the client libraries of the services do it,
// so that a service sees nothing unusual. The functions are pure, any thread; waitFor() blocks.
//
// Again: 408, 409, a 429 about the rate, everything from 500 on. Never: other refusals, and whatever is about
// money. The header x-should-retry overrules both, except for money. A server that is overloaded gets a
// longer rest; one that is still loading its model is no failure, and is waited for.
#pragma once

#include <optional>
#include <random>
#include <stop_token>

#include "engine/base/clock.h"
#include "engine/net/http.h"

namespace commonplace::net {

/// How often a request is sent again that was refused before the first word, and after what pauses.
struct RetryLimits {
    int times = 2;
    double firstSeconds = 0.5;  ///< before the first repetition; doubled for each further one
    double mostSeconds = 8;     ///< for a wait of our own choice
    /// As long as a server says that it is loading its model, it is asked again without counting, for so
    /// long. Not at all when `times` is 0.
    double loadingSeconds = 60;
};

/// Is it an account without credit, not a rate? Waiting does not help against that.
bool isAboutMoney(const Response& refusal);

bool isWorthRepeating(const Response& refusal);

/// Does a server of models say that it is there, but not ready yet? llama-server does, with a 503.
bool isStillLoading(const Response& refusal);

/// The wait in seconds that the server asks for (retry-after-ms, retry-after in seconds or as a date), when
/// it is at most a minute. `now`: seconds since 1970.
std::optional<double> requestedWait(const Response& refusal, double now);

/// Our own wait before the repetition of that number (0 is the first): doubled each time, bounded, and up to
/// a quarter shorter by `chance` in [0, 1), so that not everybody comes back at once.
double ownWait(const RetryLimits& limits, int repetition, double chance);

/// The wait before the repetition of that number after this refusal: what the server asks for, else our own,
/// two doublings longer when it is overloaded, and 2 s at the most when its model is loading. `now` and
/// `chance` as above.
double waitAfter(const Response& refusal, const RetryLimits& limits, int repetition, double now,
                 double chance);

/// The repetitions of one request. Thread: one.
class Repetitions final {
  public:
    explicit Repetitions(const RetryLimits& limits) : m_limits(limits) {}

    /// Seconds to wait before the next one; nothing: it is not worth it, or was tried often enough.
    std::optional<double> after(const Response& refusal);
    /// The same where nobody listened: see isConnectionRefused().
    std::optional<double> afterNoConnection();
    /// How many there were so far.
    int count() const { return m_count + m_looks; }

  private:
    double chance() { return std::uniform_real_distribution<double>(0, 1)(m_random); }

    RetryLimits m_limits;
    int m_count = 0;
    int m_looks = 0;  ///< for a model that was loading
    base::Stopwatch m_clock;
    std::minstd_rand m_random{std::random_device{}()};
};

/// False when it was stopped before the time was over.
bool waitFor(double seconds, const std::stop_token& stop);

}  // namespace commonplace::net
