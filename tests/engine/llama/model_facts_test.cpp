#include "engine/llama/model_facts.h"

#include <gtest/gtest.h>

#include "engine/llama/resources.h"

namespace commonplace::llama {
namespace {

ModelFacts sample() {
    return {ModelKind::Embedding, "bert", "a name", "bert 22M F16", 1234567, 512, 384, 640, true};
}

TEST(ModelFactsTest, ThereAndBack) {
    const auto facts = factsFromText(toText(sample()));
    ASSERT_TRUE(facts);
    EXPECT_EQ(*facts, sample());
    EXPECT_EQ(*factsFromText(toText(ModelFacts())), ModelFacts());
}

TEST(ModelFactsTest, CutAnywhereIsAnErrorOrLess) {
    const std::string text = toText(sample());
    for (std::size_t size = 0; size + 1 < text.size(); ++size) {
        const auto facts = factsFromText(text.substr(0, size));
        if (!facts) {
            EXPECT_EQ(facts.error().code(), ErrorCode::Protocol);
        }
    }
    EXPECT_FALSE(factsFromText(""));
    EXPECT_FALSE(factsFromText(std::string(100'000, 'x')));
    EXPECT_FALSE(factsFromText("kind chat\nbytes -1\n"));
}

TEST(ModelFactsTest, ForeignWordsAreTamed) {
    EXPECT_EQ(plainWords("a\nb\x1b[31mc"), "a b [31mc");
    EXPECT_LE(plainWords(std::string(10'000, 'x')).size(), 200U);
    EXPECT_EQ(plainWords("a\xff"), "a\xEF\xBF\xBD");
}

TEST(ResourcesTest, TheWindowFitsModelAndMemory) {
    constexpr std::uint64_t kGiB = 1ull << 30;
    ModelFacts facts;
    facts.bytes = 4 * kGiB;
    facts.trainedWindow = 32768;
    facts.windowTokenBytes = 128 << 10;
    EXPECT_EQ(*affordableWindow(facts, 0, 16 * kGiB), kDefaultWindow);
    EXPECT_EQ(*affordableWindow(facts, 16384, 16 * kGiB), 16384U);
    EXPECT_EQ(*affordableWindow(facts, 100'000, 32 * kGiB), 32768U);
    const auto less = affordableWindow(facts, 8192, 5 * kGiB);
    ASSERT_TRUE(less);
    EXPECT_LT(*less, 8192U);
    EXPECT_GE(*less, kLeastWindow);
    const auto none = affordableWindow(facts, 8192, 4 * kGiB);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code(), ErrorCode::Limit);
    EXPECT_GT(availableMemory(), 0U);
    EXPECT_GE(threadsFor(facts), 1);
    EXPECT_EQ(idleThreads(1), 1);
    EXPECT_GE(idleThreads(8), 1);
    EXPECT_LE(idleThreads(8), 8);
    EXPECT_EQ(threadsFor(ModelFacts()), 1);
}

}  // namespace
}  // namespace commonplace::llama
