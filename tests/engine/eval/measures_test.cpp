#include "engine/eval/measures.h"

#include <gtest/gtest.h>

#include <cmath>

namespace commonplace::eval {
namespace {

const Judgements kJudged{{"a", 3}, {"b", 1}, {"c", 2}, {"d", 0}, {"e", -1}};

TEST(Measures, CountRelevantDocuments) {
    EXPECT_EQ(relevantCount(kJudged), 3u);
    EXPECT_EQ(relevantCount({}), 0u);
}

TEST(Ndcg, IsWhatTheHandComputes) {
    // gains 0, 1, 0, 3 at ranks 1 to 4; ideal 3, 2, 1
    const double gain = 1 / std::log2(3.0) + 3 / std::log2(5.0);
    const double ideal = 3 + 2 / std::log2(3.0) + 1 / std::log2(4.0);
    EXPECT_DOUBLE_EQ(ndcg({"x", "b", "d", "a"}, kJudged, 10), gain / ideal);
    EXPECT_DOUBLE_EQ(ndcg({"a", "c", "b"}, kJudged, 10), 1);
}

TEST(Ndcg, CutsRankingAndIdealAtItsDepth) {
    EXPECT_DOUBLE_EQ(ndcg({"c", "a"}, kJudged, 1), 2.0 / 3.0);
    EXPECT_DOUBLE_EQ(ndcg({"x", "a"}, kJudged, 1), 0);
}

TEST(Ndcg, CountsNegativeGradesAsNothing) {
    EXPECT_DOUBLE_EQ(ndcg({"e"}, {{"e", -1}, {"a", 1}}, 10), 0);
}

TEST(Measures, AreZeroWhenNothingIsRelevantOrFound) {
    for (const Judgements& judged : {Judgements{}, Judgements{{"a", 0}}}) {
        EXPECT_EQ(ndcg({"a"}, judged, 10), 0);
        EXPECT_EQ(recall({"a"}, judged, 10), 0);
        EXPECT_EQ(averagePrecision({"a"}, judged), 0);
        EXPECT_EQ(reciprocalRank({"a"}, judged), 0);
    }
    EXPECT_EQ(ndcg({}, kJudged, 10), 0);
    EXPECT_EQ(averagePrecision({}, kJudged), 0);
}

TEST(Recall, IsOfAllRelevantDocuments) {
    EXPECT_DOUBLE_EQ(recall({"x", "b", "d", "a"}, kJudged, 3), 1.0 / 3);
    EXPECT_DOUBLE_EQ(recall({"x", "b", "d", "a"}, kJudged, 100), 2.0 / 3);
}

TEST(AveragePrecision, DividesByAllRelevantDocuments) {
    // found at ranks 2 and 4: (1/2 + 2/4) / 3
    EXPECT_DOUBLE_EQ(averagePrecision({"x", "b", "d", "a"}, kJudged), 1.0 / 3);
}

TEST(ReciprocalRank, IsOfTheFirstRelevantDocument) {
    EXPECT_DOUBLE_EQ(reciprocalRank({"x", "d", "c", "a"}, kJudged), 1.0 / 3);
    EXPECT_DOUBLE_EQ(reciprocalRank({"x"}, kJudged), 0);
}

TEST(Percentile, IsTheNearestRank) {
    const std::vector<double> values{15, 20, 35, 40, 50};
    EXPECT_EQ(percentile(values, 0.05), 15);
    EXPECT_EQ(percentile(values, 0.3), 20);
    EXPECT_EQ(percentile(values, 0.4), 20);
    EXPECT_EQ(percentile(values, 0.5), 35);
    EXPECT_EQ(percentile(values, 1), 50);
    EXPECT_EQ(percentile({50, 15, 20}, 0.5), 20) << "in any order";
    EXPECT_EQ(percentile({}, 0.5), 0);
}

TEST(Mean, IsZeroForNothing) {
    EXPECT_DOUBLE_EQ(mean({1, 2, 6}), 3);
    EXPECT_EQ(mean({}), 0);
}

}  // namespace
}  // namespace commonplace::eval
