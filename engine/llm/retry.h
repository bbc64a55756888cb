// Which refused requests are sent again, and after how long: as the client libraries of the services do it,
// so that a service sees nothing unusual. Pure functions, any thread; waitFor() blocks.
//
// Again: 408, 409, a 429 about the rate, everything from 500 on (503 and 529: overloaded). Never: other
// refusals, and whatever is about money. The header x-should-retry overrules, except for keys and money.
#pragma once

#include <optional>
#include <stop_token>

#include "engine/llm/endpoint.h"
#include "engine/net/http.h"

namespace commonplace::llm {

bool isWorthRepeating(const net::Response& refusal);

/// The wait in seconds that the server asks for (retry-after-ms, retry-after in seconds or as a date), when
/// it is at most a minute. `now`: seconds since 1970.
std::optional<double> requestedWait(const net::Response& refusal, double now);

/// Our own wait before the repetition of that number (0 is the first): doubled each time, bounded, and up to
/// a quarter shorter by `chance` in [0, 1), so that not everybody comes back at once.
double ownWait(const RetryLimits& limits, int repetition, double chance);

/// False when it was stopped before the time was over.
bool waitFor(double seconds, const std::stop_token& stop);

}  // namespace commonplace::llm
