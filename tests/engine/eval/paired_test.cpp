#include <gtest/gtest.h>

#include <cmath>

#include "engine/eval/eval.h"

namespace commonplace::eval {
namespace {

RetrievalReport reportOf(std::vector<double> values) {
    RetrievalReport report;
    report.ndcg10PerQuery = std::move(values);
    return report;
}

TEST(PairedDifference, IsTheMeanWithItsInterval) {
    const auto delta = pairedDifference(reportOf({0.5, 0.9, 0.4}), reportOf({0.4, 0.7, 0.4}));
    EXPECT_NEAR(delta.mean, 0.1, 1e-12);
    const double half = 1.96 * 0.1 / std::sqrt(3.0);  // differences .1, .2, 0: standard deviation .1
    EXPECT_NEAR(delta.low95, 0.1 - half, 1e-12);
    EXPECT_NEAR(delta.high95, 0.1 + half, 1e-12);
}

TEST(PairedDifference, BearsNoAndSingleQueries) {
    EXPECT_EQ(pairedDifference(reportOf({}), reportOf({})).mean, 0);
    const auto one = pairedDifference(reportOf({0.5}), reportOf({0.25}));
    EXPECT_DOUBLE_EQ(one.mean, 0.25);
    EXPECT_DOUBLE_EQ(one.low95, 0.25);
}

}  // namespace
}  // namespace commonplace::eval
