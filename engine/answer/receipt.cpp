#include "engine/answer/receipt.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "engine/prompt/prompt.h"

namespace commonplace::answer {
namespace {

/// The parts of a receipt by what may be done to them.
struct Sums {
    std::size_t reserve = 0;
    std::size_t exact = 0;
    std::size_t estimated = 0;
};

bool isReserve(const ContextPart& part) {
    return part.name == prompt::kAnswerReserve;
}

Sums sumsOf(const ContextReceipt& receipt) {
    Sums sums;
    for (const ContextPart& part : receipt.parts)
        (isReserve(part)     ? sums.reserve
         : part.tokens.exact ? sums.exact
                             : sums.estimated) += part.tokens.tokens;
    return sums;
}

/// Each part ends where its share of the whole ends: rounding never adds up.
void scaleEstimates(ContextReceipt& receipt, std::size_t from, std::size_t to) {
    std::size_t before = 0, given = 0;
    for (ContextPart& part : receipt.parts) {
        if (isReserve(part) || part.tokens.exact) continue;
        before += part.tokens.tokens;
        const std::size_t end = to * before / from;
        part.tokens.tokens = end - given;
        given = end;
    }
}

constexpr std::size_t kSeamTokens = 2;  // between two parts

void takeSeams(ContextReceipt& receipt, std::size_t tokens) {
    const auto size = [](const ContextPart& part) {
        return isReserve(part) || !part.tokens.exact ? 0 : part.tokens.tokens;
    };
    const auto largest =
        std::max_element(receipt.parts.begin(), receipt.parts.end(),
                         [&](const ContextPart& a, const ContextPart& b) { return size(a) < size(b); });
    if (largest != receipt.parts.end()) largest->tokens.tokens -= std::min(tokens, size(*largest));
}

}  // namespace

ContextReceipt reconciled(ContextReceipt receipt, long promptTokens) {
    Sums sums = sumsOf(receipt);
    const std::size_t seams = receipt.parts.size() * kSeamTokens;
    const std::size_t reported = promptTokens > 0 ? static_cast<std::size_t>(promptTokens) : 0;
    if (reported == 0 || reported + seams < sums.exact) return receipt;
    if (reported < sums.exact) {
        takeSeams(receipt, sums.exact - reported);
        sums = sumsOf(receipt);
        if (reported < sums.exact) return receipt;
    }
    const std::size_t left = reported - sums.exact;
    if (sums.estimated > 0) scaleEstimates(receipt, sums.estimated, left);
    if (sums.estimated == 0 && left > 0)
        receipt.parts.insert(receipt.parts.begin(), {prompt::kFraming, {left, true}});
    receipt.used = reported + sums.reserve;
    return receipt;
}

}  // namespace commonplace::answer
