#include "engine/llm/spending.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace commonplace::llm {
namespace {

using testing::HasSubstr;

TEST(Spending, StopsBeforeALimitIsBroken) {
    const SpendingLimits limits{kUsd, 10 * kUsd};
    EXPECT_FALSE(refusal(limits, {kUsd / 2, kUsd}, kUsd / 2));
    EXPECT_THAT(refusal(limits, {kUsd / 2, kUsd}, kUsd / 2 + 1).value_or(""),
                testing::AllOf(HasSubstr("$1.00 a day"), HasSubstr("$0.50 are spent")));
    EXPECT_THAT(refusal(limits, {0, 10 * kUsd}, 1).value_or(""), HasSubstr("a month"));
    EXPECT_TRUE(refusal(limits, {2 * kUsd, 2 * kUsd}, 0)) << "the limit was lowered meanwhile";
}

TEST(Spending, AnUnknownPriceKeepsNoLimit) {
    EXPECT_FALSE(refusal({}, {}, std::nullopt));
    EXPECT_THAT(refusal({kUsd, {}}, {}, std::nullopt).value_or(""), HasSubstr("prices.json"));
}

TEST(Spending, SumsAreReadable) {
    EXPECT_EQ(usdText(0), "$0");
    EXPECT_EQ(usdText(kUsd), "$1.00");
    EXPECT_EQ(usdText(kUsd / 100), "$0.01");
    EXPECT_EQ(usdText(kUsd / 1000), "$0.0010");
    EXPECT_EQ(usdText(kUsd / 200'000), "$0.000005");
}

}  // namespace
}  // namespace commonplace::llm
