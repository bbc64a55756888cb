// Which refused requests are sent again, and after how long: as the client libraries of the services do it,
// so that a service sees nothing unusual. Pure functions, any thread; waitFor() blocks.
//
// Again: 408, 409, a 429 about the rate, everything from 500 on (503 and 529: overloaded). Never: other
// refusals, and whatever is about money. The header x-should-retry overrules, except for keys and money.
#pragma once

#include <optional>
#include <stop_token>

#include "engine/net/http.h"

namespace commonplace::net {

/// How often a request is sent again that was refused before the first word, and after what pauses.
struct RetryLimits {
    int times = 2;
    double firstSeconds = 0.5;  ///< before the first repetition; doubled for each further one
    double mostSeconds = 8;     ///< for a wait of our own choice
};

/// Is it an account without credit, not a rate? Waiting does not help against that.
bool isAboutMoney(const Response& refusal);

bool isWorthRepeating(const Response& refusal);

/// The wait in seconds that the server asks for (retry-after-ms, retry-after in seconds or as a date), when
/// it is at most a minute. `now`: seconds since 1970.
std::optional<double> requestedWait(const Response& refusal, double now);

/// Our own wait before the repetition of that number (0 is the first): doubled each time, bounded, and up to
/// a quarter shorter by `chance` in [0, 1), so that not everybody comes back at once.
double ownWait(const RetryLimits& limits, int repetition, double chance);

/// False when it was stopped before the time was over.
bool waitFor(double seconds, const std::stop_token& stop);

}  // namespace commonplace::net
