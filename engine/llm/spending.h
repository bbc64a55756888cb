// Spending: what the models have cost, and the limits that the user set. Whoever keeps the figures (the
// store) implements it. Thread: one call at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/base/result.h"
#include "engine/llm/price.h"

namespace commonplace::llm {

/// Since midnight and since the first of the month, local time.
struct Spent {
    PicoUsd today = 0;
    PicoUsd thisMonth = 0;
};

/// One call of a model that was not free or whose price is unknown.
struct Spending {
    std::string model;
    std::int64_t promptTokens = 0;
    std::int64_t completionTokens = 0;
    std::optional<PicoUsd> cost;
};

class SpendingLog {
  public:
    virtual ~SpendingLog() = default;
    virtual Result<Spent> spent() = 0;
    virtual Result<void> record(const Spending& spending) = 0;
};

/// Nothing: no limit.
struct SpendingLimits {
    std::optional<PicoUsd> perDay;
    std::optional<PicoUsd> perMonth;
    bool any() const { return perDay || perMonth; }
};

/// Why a call that may cost `most` (nothing: its price is unknown) would break a limit; nothing: it would
/// not. One line with the sums and what to do.
std::optional<std::string> refusal(const SpendingLimits& limits, const Spent& spent,
                                   std::optional<PicoUsd> most);

/// "$1.20", "$0.0004", "$0"
std::string usdText(PicoUsd sum);

}  // namespace commonplace::llm
