#include "engine/llm/spending.h"

#include <cstdio>

namespace commonplace::llm {
namespace {

std::optional<std::string> overLimit(const char* which, std::optional<PicoUsd> limit, PicoUsd spent,
                                     PicoUsd most) {
    if (!limit || (spent <= *limit && most <= *limit - spent)) return std::nullopt;
    return std::string("the limit of ") + usdText(*limit) + " " + which +
           " would be broken: " + usdText(spent) + " are spent and this question may cost up to " +
           usdText(most) + "; raise the limit in the settings, or choose a model on this computer";
}

}  // namespace

std::optional<std::string> refusal(const SpendingLimits& limits, const Spent& spent,
                                   std::optional<PicoUsd> most) {
    if (!limits.any()) return std::nullopt;
    if (!most)
        return "its price is unknown, so the spending limit cannot be kept; add the model to prices.json "
               "beside "
               "the settings, or take the limit off";
    if (auto day = overLimit("a day", limits.perDay, spent.today, *most)) return day;
    return overLimit("a month", limits.perMonth, spent.thisMonth, *most);
}

std::string usdText(PicoUsd sum) {
    if (sum == 0) return "$0";
    const double usd = static_cast<double>(sum) / static_cast<double>(kUsd);
    char text[64];
    // Two figures of whatever is less than a cent.
    const int decimals = usd >= 0.01 ? 2 : usd >= 0.0001 ? 4 : 6;
    std::snprintf(text, sizeof text, "$%.*f", decimals, usd);
    return text;
}

}  // namespace commonplace::llm
