#include "engine/embed/builtin_embedder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include "tests/engine/embed/reference.h"

namespace commonplace::embed {
namespace {

using document::Embedder;
using document::Vectors;

std::unique_ptr<Embedder> open() {
    auto embedder = openBuiltinEmbedder();
    EXPECT_TRUE(embedder);
    return std::move(*embedder);
}

Vectors embed(const Embedder& embedder, const std::vector<std::string>& texts) {
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    auto vectors = embedder.embed(views, {});
    EXPECT_TRUE(vectors);
    return std::move(*vectors);
}

float dot(std::span<const float> a, std::span<const float> b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0f);
}

bool isZero(std::span<const float> row) {
    return std::all_of(row.begin(), row.end(), [](float value) { return value == 0; });
}

bool sameBits(std::span<const float> a, std::span<const float> b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

std::vector<std::string> manyTexts() {
    std::vector<std::string> texts;
    for (int i = 0; i < 50; ++i) {
        std::string text = "Section " + std::to_string(i) + " tells about";
        for (int word = 0; word < i % 7; ++word) text += " storage, leases and boundary layers";
        texts.push_back(text);
    }
    return texts;
}

TEST(BuiltinEmbedder, NamesItsSpace) {
    const auto embedder = open();
    EXPECT_EQ(embedder->fingerprint(), "use-lite-int8/1");
    EXPECT_EQ(embedder->dimension(), 512u);
    EXPECT_DOUBLE_EQ(embedder->fusionWeight(), 0.3);
}

TEST(BuiltinEmbedder, GivesReferenceVectorsForOrdinaryTexts) {
    const auto embedder = open();
    int compared = 0;
    for (const test::ReferenceItem& item : test::referenceItems()) {
        const bool ordinary =
            std::all_of(item.text.begin(), item.text.end(), [](char c) { return c >= ' ' && c <= '~'; });
        if (item.vector.empty() || !ordinary || item.text.find("  ") != std::string::npos) continue;
        EXPECT_GT(test::cosine(embed(*embedder, {item.text}).row(0), item.vector), 0.998) << item.text;
        ++compared;
    }
    EXPECT_GT(compared, 25);
}

TEST(BuiltinEmbedder, FindsTheSameMeaningInOtherWords) {
    const auto embedder = open();
    const Vectors vectors = embed(
        *embedder, {"How many vacation days do I get?", "Employees are entitled to 25 days of annual leave.",
                    "The pump must be lubricated before it is started."});
    EXPECT_GT(dot(vectors.row(0), vectors.row(1)), dot(vectors.row(0), vectors.row(2)) + 0.1f);
}

TEST(BuiltinEmbedder, GivesZeroWhereItKnowsNothing) {
    const auto embedder = open();
    const Vectors vectors =
        embed(*embedder,
              {"", " \n\t", "机器学习是人工智能的一个分支。", "Сколько очков?", "\xE2\x98\x83\xE2\x98\x83",
               "The word for cat is 猫, and that is all there is to say about it."});
    ASSERT_EQ(vectors.count(), 6u);
    for (std::size_t row = 0; row < 5; ++row) EXPECT_TRUE(isZero(vectors.row(row))) << row;
    EXPECT_NEAR(dot(vectors.row(5), vectors.row(5)), 1, 1e-5);
}

TEST(BuiltinEmbedder, KeepsTheOrderOfTheTexts) {
    const auto embedder = open();
    const Vectors vectors = embed(*embedder, {"wing", "", "contract", "", "wing"});
    EXPECT_TRUE(sameBits(vectors.row(0), vectors.row(4)));
    EXPECT_FALSE(sameBits(vectors.row(0), vectors.row(2)));
    EXPECT_TRUE(isZero(vectors.row(1)));
    EXPECT_EQ(embed(*embedder, {}).count(), 0u);
}

TEST(BuiltinEmbedder, GivesTheSameBitsHoweverTextsAreBatched) {
    const auto embedder = open();
    const std::vector<std::string> texts = manyTexts();
    const Vectors together = embed(*embedder, texts);
    const Vectors reversed = embed(*embedder, {texts.rbegin(), texts.rend()});
    for (std::size_t i = 0; i < texts.size(); ++i) {
        EXPECT_TRUE(sameBits(together.row(i), reversed.row(texts.size() - 1 - i))) << i;
        EXPECT_TRUE(sameBits(together.row(i), embed(*embedder, {texts[i]}).row(0))) << i;
    }
}

TEST(BuiltinEmbedder, CountsALongTextWithItsBeginning) {
    const auto embedder = open();
    std::string beginning;
    for (int i = 0; i < 128; ++i) beginning += "the ";
    const Vectors vectors = embed(*embedder, {beginning, beginning + "wing contract"});
    EXPECT_TRUE(sameBits(vectors.row(0), vectors.row(1)));
}

TEST(BuiltinEmbedder, StopsBetweenPacks) {
    const auto embedder = open();
    std::stop_source stop;
    stop.request_stop();
    const std::vector<std::string_view> texts{"wing"};
    const auto vectors = embedder->embed(texts, stop.get_token());
    ASSERT_FALSE(vectors);
    EXPECT_EQ(vectors.error().code(), ErrorCode::Cancelled);
}

TEST(BuiltinEmbedder, MayBeCalledFromSeveralThreads) {
    const auto embedder = open();
    const std::vector<std::string> texts = manyTexts();
    std::vector<Vectors> results(3);
    {
        std::vector<std::jthread> threads;
        for (Vectors& result : results) threads.emplace_back([&] { result = embed(*embedder, texts); });
    }
    for (const Vectors& result : results) EXPECT_TRUE(sameBits(result.values, results[0].values));
}

TEST(BuiltinEmbedder, TwoLiveSideBySide) {
    const auto first = open(), second = open();
    EXPECT_TRUE(sameBits(embed(*first, {"wing"}).values, embed(*second, {"wing"}).values));
}

}  // namespace
}  // namespace commonplace::embed
