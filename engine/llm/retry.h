// Which refused requests are sent again, and after how long: see net/retry.h, which embeddings use too.
#pragma once

#include "engine/net/retry.h"

namespace commonplace::llm {

using net::isWorthRepeating;
using net::ownWait;
using net::requestedWait;
using net::RetryLimits;
using net::waitFor;

}  // namespace commonplace::llm
