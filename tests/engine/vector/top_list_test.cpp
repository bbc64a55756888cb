#include "engine/vector/top_list.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <vector>

namespace commonplace::vector {
namespace {

std::vector<std::pair<std::int64_t, float>> taken(TopList& list) {
    std::vector<std::pair<std::int64_t, float>> result;
    for (const Candidate& candidate : list.take()) result.emplace_back(candidate.chunk, candidate.score);
    return result;
}

TEST(TopList, KeepsTheBestOfEachChunk) {
    TopList list(2);
    list.offer({0.5f, 0, 10});
    list.offer({0.7f, 1, 10});
    list.offer({0.6f, 2, 11});
    list.offer({0.1f, 3, 12});
    EXPECT_EQ(taken(list), (std::vector<std::pair<std::int64_t, float>>{{10, 0.7f}, {11, 0.6f}}));
}

TEST(TopList, BreaksTiesByChunk) {
    TopList list(2);
    for (const std::int64_t chunk : {5, 3, 9, 4}) list.offer({0.5f, 0, chunk});
    EXPECT_EQ(taken(list), (std::vector<std::pair<std::int64_t, float>>{{3, 0.5f}, {4, 0.5f}}));
}

TEST(TopList, HoldsFewerThanKAndNoneForZero) {
    TopList list(10), none(0);
    list.offer({0.5f, 0, 1});
    none.offer({0.5f, 0, 1});
    EXPECT_EQ(list.take().size(), 1u);
    EXPECT_TRUE(none.take().empty());
}

/// Few distinct scores and chunks, so that ties and repetitions abound.
TEST(TopList, EqualsSortingEverything) {
    std::mt19937 generator(5);
    for (const std::size_t k : {1u, 7u, 100u}) {
        TopList list(k);
        std::map<std::int64_t, float> best;
        for (std::uint32_t row = 0; row < 20000; ++row) {
            const auto chunk = static_cast<std::int64_t>(generator() % 3000);
            const float score = static_cast<float>(generator() % 1000) / 1000;
            list.offer({score, row, chunk});
            auto& entry = best.try_emplace(chunk, score).first->second;
            entry = std::max(entry, score);
        }
        std::vector<std::pair<std::int64_t, float>> expected(best.begin(), best.end());
        std::stable_sort(expected.begin(), expected.end(),
                         [](auto& a, auto& b) { return a.second > b.second; });
        expected.resize(k);
        EXPECT_EQ(taken(list), expected) << k;
    }
}

}  // namespace
}  // namespace commonplace::vector
