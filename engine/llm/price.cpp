#include "engine/llm/price.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "engine/base/text.h"

namespace commonplace::llm {
namespace {

using Json = nlohmann::json;

constexpr double kMostPerToken = 1.0;  // US dollars; whatever is dearer is a mistake in the table
constexpr std::size_t kMostBytes = 64u << 20;

std::optional<PicoUsd> perToken(const Json& row, const std::string& key) {
    const auto found = row.find(key);
    if (found == row.end() || !found->is_number()) return std::nullopt;
    const double usd = found->get<double>();
    if (!(usd >= 0) || usd > kMostPerToken) return std::nullopt;
    return std::llround(usd * static_cast<double>(kUsd));
}

void takeTier(const Json& row, Price& price) {
    for (const int thousands : {128, 200, 272}) {
        const std::string above = "_above_" + std::to_string(thousands) + "k_tokens";
        const auto input = perToken(row, "input_cost_per_token" + above);
        if (!input) continue;
        price.tierTokens = thousands * 1000;
        price.tierInput = *input;
        price.tierOutput = perToken(row, "output_cost_per_token" + above).value_or(price.output);
        return;
    }
}

std::optional<Price> priceOf(const Json& row) {
    if (!row.is_object()) return std::nullopt;
    const auto input = perToken(row, "input_cost_per_token");
    if (!input) return std::nullopt;
    Price price{*input, perToken(row, "output_cost_per_token").value_or(0)};
    takeTier(row, price);
    return price;
}

PicoUsd times(PicoUsd price, std::int64_t count) {
    PicoUsd product = 0;
    if (count <= 0 || price <= 0) return 0;
    return __builtin_mul_overflow(price, count, &product) ? std::numeric_limits<PicoUsd>::max() : product;
}

/// "gpt-4o-2024-08-06" and "claude-x-20250929" without their date; empty: there is none.
std::string_view withoutDate(std::string_view model) {
    const std::size_t end = model.find_last_not_of("0123456789-");
    if (end == model.npos) return {};
    const std::string_view tail = model.substr(end + 1);
    const auto digits = std::count_if(tail.begin(), tail.end(), [](char c) { return c != '-'; });
    const std::size_t dash = tail.find('-');
    if (digits < 8 || dash == tail.npos) return {};
    const bool dashed = tail.size() >= 11 && tail[tail.size() - 3] == '-';
    const std::size_t date = dashed ? 11 : 9;  // "-2024-08-06" or "-20240806"
    return tail.size() < date ? std::string_view() : model.substr(0, model.size() - date);
}

}  // namespace

PicoUsd costOf(const Price& price, std::int64_t promptTokens, std::int64_t completionTokens) {
    const bool tier = price.tierTokens > 0 && promptTokens > price.tierTokens;
    PicoUsd sum = 0;
    const bool over =
        __builtin_add_overflow(times(tier ? price.tierInput : price.input, promptTokens),
                               times(tier ? price.tierOutput : price.output, completionTokens), &sum);
    return over ? std::numeric_limits<PicoUsd>::max() : sum;
}

Result<PriceTable> PriceTable::parse(std::string_view json) {
    if (json.size() > kMostBytes) return Error(ErrorCode::Limit, "the price table is larger than 64 MiB");
    const Json table = Json::parse(json, nullptr, false);
    if (!table.is_object())
        return Error(ErrorCode::Corrupt, "the price table must be a JSON object keyed by model name");
    PriceTable result;
    for (const auto& [model, row] : table.items()) {
        if (const auto price = priceOf(row); price && model != "sample_spec")
            result.m_prices.emplace(base::foldCase(model), *price);
    }
    if (const auto date = table.find("as_of"); date != table.end() && date->is_string())
        result.m_asOf = date->get<std::string>();
    return result;
}

std::optional<Price> PriceTable::find(std::string_view model) const {
    const std::string name = base::foldCase(model);
    for (std::string_view wanted : {std::string_view(name), withoutDate(name)}) {
        while (!wanted.empty()) {
            if (const auto found = m_prices.find(wanted); found != m_prices.end()) return found->second;
            const std::size_t slash = wanted.find('/');
            wanted = slash == wanted.npos ? std::string_view() : wanted.substr(slash + 1);
        }
    }
    return std::nullopt;
}

void PriceTable::replaceBy(const PriceTable& other) {
    for (const auto& [model, price] : other.m_prices) m_prices[model] = price;
    if (!other.m_asOf.empty()) m_asOf = other.m_asOf;
}

}  // namespace commonplace::llm
