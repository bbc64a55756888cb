#include "engine/llm/price.h"

#include <gtest/gtest.h>

#include <limits>

namespace commonplace::llm {
namespace {

PriceTable table(std::string_view json) {
    auto parsed = PriceTable::parse(json);
    EXPECT_TRUE(parsed) << parsed.error().message();
    return parsed ? *parsed : PriceTable();
}

TEST(Price, CostsAreSumsWithoutRounding) {
    const Price price{300'000, 1'500'000};  // 3e-7 and 1.5e-6 dollars
    EXPECT_EQ(costOf(price, 1, 0), 300'000);
    EXPECT_EQ(costOf(price, 1'000'000, 1'000'000), kUsd * 18 / 10);
    EXPECT_EQ(costOf(price, -5, -5), 0);
    EXPECT_EQ(costOf(kFree, 1'000'000, 1'000'000), 0);
    EXPECT_EQ(costOf({kUsd, kUsd}, std::numeric_limits<std::int64_t>::max(), 1),
              std::numeric_limits<PicoUsd>::max());
}

TEST(Price, LongPromptsHaveTheirOwnPrice) {
    const auto price = table(R"({"m":{"input_cost_per_token":1e-6,"output_cost_per_token":2e-6,
                       "input_cost_per_token_above_200k_tokens":3e-6,"output_cost_per_token_above_200k_tokens":5e-6}})")
                           .find("m");
    ASSERT_TRUE(price);
    EXPECT_EQ(costOf(*price, 200'000, 1), 200'000 * 1'000'000ll + 2'000'000);
    EXPECT_EQ(costOf(*price, 200'001, 1), 200'001 * 3'000'000ll + 5'000'000);
}

TEST(Price, FindsAModelHoweverItIsNamed) {
    const PriceTable prices = table(R"({"gpt-4o":{"input_cost_per_token":2.5e-6},
                                        "claude-haiku-4-5":{"input_cost_per_token":1e-6},
                                        "sample_spec":{"input_cost_per_token":1}})");
    EXPECT_TRUE(prices.find("gpt-4o"));
    EXPECT_TRUE(prices.find("GPT-4o"));
    EXPECT_TRUE(prices.find("openai/gpt-4o"));
    EXPECT_TRUE(prices.find("openrouter/openai/gpt-4o"));
    EXPECT_TRUE(prices.find("gpt-4o-2024-08-06"));
    EXPECT_TRUE(prices.find("claude-haiku-4-5-20251001"));
    EXPECT_FALSE(prices.find("gpt-4o-mini")) << "another model";
    EXPECT_FALSE(prices.find("llama3"));
    EXPECT_FALSE(prices.find("sample_spec"));
    EXPECT_FALSE(prices.find(""));
}

TEST(Price, WhatMakesNoSenseHasNoPrice) {
    const PriceTable prices =
        table(R"({"negative":{"input_cost_per_token":-1},"huge":{"input_cost_per_token":1e9},
                                        "text":{"input_cost_per_token":"cheap"},"list":[1],"as_of":"2025-10-15",
                                        "image":{"output_cost_per_image":0.04}})");
    EXPECT_EQ(prices.size(), 0u);
    EXPECT_EQ(prices.asOf(), "2025-10-15");
    EXPECT_FALSE(PriceTable::parse("[1,2]"));
    EXPECT_FALSE(PriceTable::parse("{\"a\":"));
}

TEST(Price, TheUsersTableComesFirst) {
    PriceTable prices = table(R"({"a":{"input_cost_per_token":1e-6},"b":{"input_cost_per_token":1e-6}})");
    prices.replaceBy(table(R"({"a":{"input_cost_per_token":5e-6}})"));
    EXPECT_EQ(prices.find("a")->input, 5'000'000);
    EXPECT_EQ(prices.find("b")->input, 1'000'000);
}

TEST(Price, TheBuiltInTableIsWhole) {
    EXPECT_GE(PriceTable::builtin().size(), 10u);
    EXPECT_FALSE(PriceTable::builtin().asOf().empty());
    EXPECT_TRUE(PriceTable::builtin().find("claude-sonnet-4-5-20250929"));
}

}  // namespace
}  // namespace commonplace::llm
