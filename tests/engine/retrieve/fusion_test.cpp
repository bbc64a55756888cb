#include "engine/retrieve/fusion.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

namespace commonplace::retrieve {
namespace {

std::vector<std::size_t> orderOf(const std::vector<FusedScore>& scores) {
    std::vector<std::size_t> order(scores.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return scores[a].score > scores[b].score; });
    return order;
}

std::vector<RawScores> randomScores(std::mt19937& random) {
    std::uniform_real_distribution<double> bm25(0.1, 30), cosine(-0.2, 0.9);
    std::vector<RawScores> raw(2 + random() % 20);
    for (RawScores& one : raw) {
        if (random() % 4) one.keyword = bm25(random);
        if (random() % 4) one.cosine = cosine(random);
        if (one.cosine && random() % 2) one.likeness = cosine(random);
    }
    return raw;
}

TEST(Fusion, AddsTheTwoParts) {
    const std::vector<RawScores> raw{{10, 0.5, {}}, {5, 0.7, {}}, {{}, 0.3, {}}};
    const auto fused = fuse(raw, {0.3, 0});
    EXPECT_NEAR(fused[0].keyword, 0.7, 1e-12);
    EXPECT_NEAR(fused[0].semantic, 0.3 * 0.5, 1e-12);
    EXPECT_NEAR(fused[1].score, 0.7 * 0.5 + 0.3, 1e-12);
    EXPECT_NEAR(fused[2].score, 0, 1e-12);
}

TEST(Fusion, BlendsInTheLikeness) {
    const std::vector<RawScores> raw{{10, 0.5, 0.9}, {10, 0.5, 0.1}, {10, 0.1, 0.9}};
    const auto fused = fuse(raw, {0.5, 0.4});
    EXPECT_NEAR(fused[0].semantic, 0.5, 1e-12);
    EXPECT_NEAR(fused[1].semantic, 0.5 * 0.6, 1e-12);
    EXPECT_NEAR(fused[2].semantic, 0.5 * 0.4, 1e-12);
}

TEST(Fusion, WeightZeroIsTheKeywordOrder) {
    std::mt19937 random(1);
    for (int i = 0; i < 200; ++i) {
        const auto raw = randomScores(random);
        const auto order = orderOf(fuse(raw, {0, 0.4}));
        for (std::size_t k = 1; k < order.size(); ++k)
            EXPECT_GE(raw[order[k - 1]].keyword.value_or(0), raw[order[k]].keyword.value_or(0));
    }
}

TEST(Fusion, IsMonotone) {
    std::mt19937 random(2);
    for (int i = 0; i < 500; ++i) {
        auto raw = randomScores(random);
        const auto before = fuse(raw, {0.3, 0.4});
        const std::size_t which = random() % raw.size();
        if (!raw[which].keyword || !raw[which].cosine) continue;
        raw[which].keyword = *raw[which].keyword * 1.2;
        raw[which].cosine = *raw[which].cosine + 0.05;
        const auto after = fuse(raw, {0.3, 0.4});
        const auto rankOf = [&](const std::vector<FusedScore>& scores) {
            return std::count_if(scores.begin(), scores.end(),
                                 [&](const FusedScore& s) { return s.score > scores[which].score; });
        };
        // Others without a vector keep their keyword share only, which a new best keyword score may lower,
        // never raise.
        EXPECT_LE(rankOf(after), rankOf(before));
    }
}

TEST(Fusion, StaysBetweenZeroAndOne) {
    std::mt19937 random(3);
    for (int i = 0; i < 500; ++i)
        for (const FusedScore& one : fuse(randomScores(random), {0.3, 0.4})) {
            EXPECT_GE(one.score, 0);
            EXPECT_LE(one.score, 1 + 1e-12);
            EXPECT_DOUBLE_EQ(one.score, one.keyword + one.semantic);
        }
}

TEST(Fusion, DoesNotPunishAMissingVector) {
    const std::vector<RawScores> raw{{10, {}, {}}, {8, 0.4, {}}, {8, 0.2, {}}};
    const auto fused = fuse(raw, {0.3, 0});
    EXPECT_DOUBLE_EQ(fused[0].score, 1) << "the keyword score stands in";
    EXPECT_EQ(orderOf(fused), (std::vector<std::size_t>{0, 1, 2}));
}

TEST(Fusion, TakesMeaningAloneWhenNoWordWasFound) {
    const std::vector<RawScores> raw{{{}, 0.2, {}}, {{}, 0.6, {}}, {{}, 0.4, {}}};
    EXPECT_EQ(orderOf(fuse(raw, {0.3, 0})), (std::vector<std::size_t>{1, 2, 0}));
}

TEST(Fusion, BearsEqualAndNoScores) {
    EXPECT_TRUE(fuse({}, {0.3, 0.4}).empty());
    const std::vector<RawScores> equal{{5, 0.5, 0.5}, {5, 0.5, 0.5}};
    const auto fused = fuse(equal, {0.3, 0.4});
    EXPECT_DOUBLE_EQ(fused[0].score, fused[1].score);
    const std::vector<RawScores> nothing{{{}, {}, {}}};
    EXPECT_DOUBLE_EQ(fuse(nothing, {0.3, 0.4})[0].score, 0);
}

}  // namespace
}  // namespace commonplace::retrieve
