// Prices of served models, in the form of the price table that the LiteLLM project keeps
// (model_prices_and_context_window.json: an object keyed by model name, US dollars per single token), so that
// a person can put that file beside the settings. What the table does not name has no price: unknown is not
// free. Plain values, any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace commonplace::llm {

/// A sum of money without rounding: 10⁻¹² US dollars (a cheap token costs 50,000 of them).
using PicoUsd = std::int64_t;
inline constexpr PicoUsd kUsd = 1'000'000'000'000;

/// Per token.
struct Price {
    PicoUsd input = 0;
    PicoUsd output = 0;
    /// For prompts longer than `tierTokens`; 0 tokens: there is no such tier.
    std::int64_t tierTokens = 0;
    PicoUsd tierInput = 0;
    PicoUsd tierOutput = 0;
};

/// What a model in the user's own computer costs.
inline constexpr Price kFree{};

/// Saturates instead of overflowing; negative counts are none.
PicoUsd costOf(const Price& price, std::int64_t promptTokens, std::int64_t completionTokens);

class PriceTable {
  public:
    /// Rows that are not priced per token are passed over. Corrupt: not such a table, with the place.
    static Result<PriceTable> parse(std::string_view json);
    /// The table that comes with the program, and since when its prices hold.
    static const PriceTable& builtin();
    const std::string& asOf() const { return m_asOf; }

    /// By the model's name as a service knows it, with or without its provider ("openai/gpt-4o"), with or
    /// without a date at its end ("-2024-08-06").
    std::optional<Price> find(std::string_view model) const;
    /// The rows of `other` before the own ones.
    void replaceBy(const PriceTable& other);
    std::size_t size() const { return m_prices.size(); }

  private:
    std::map<std::string, Price, std::less<>> m_prices;
    std::string m_asOf;
};

}  // namespace commonplace::llm
