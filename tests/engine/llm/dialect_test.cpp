#include "engine/llm/dialect.h"

#include <gtest/gtest.h>

namespace commonplace::llm {
namespace {

TEST(Dialect, LearnsFromComplaints) {
    const auto usage =
        adapted({}, 400, R"({"error":"Unrecognized request argument supplied: stream_options"})");
    ASSERT_TRUE(usage.has_value());
    EXPECT_FALSE(usage->streamOptions);
    EXPECT_FALSE(usage->maxCompletionTokens);
    const auto bound = adapted({}, 400,
                               "Unsupported parameter: 'max_tokens' is not supported with this model. Use "
                               "'max_completion_tokens' instead.");
    ASSERT_TRUE(bound.has_value());
    EXPECT_TRUE(bound->maxCompletionTokens);
    const auto forbidden =
        adapted({}, 422, R"({"detail":[{"type":"extra_forbidden","loc":["body","stream_options"]}]})");
    ASSERT_TRUE(forbidden.has_value());
    EXPECT_FALSE(forbidden->streamOptions);
    const auto heat =
        adapted({}, 400, "Unsupported value: 'temperature' does not support 0 with this model.");
    ASSERT_TRUE(heat.has_value());
    EXPECT_FALSE(heat->temperature);
}

TEST(Dialect, ASecondComplaintAboutTheSameFieldIsFinal) {
    EXPECT_FALSE(adapted({.streamOptions = false}, 400, "unknown field stream_options").has_value());
    EXPECT_FALSE(adapted({.maxCompletionTokens = true}, 400, "max_tokens is unsupported").has_value());
}

TEST(Dialect, OtherComplaintsAreNotItsBusiness) {
    EXPECT_FALSE(adapted({}, 400, "max_tokens must be at most 4096").has_value());
    EXPECT_FALSE(adapted({}, 400, "unknown model").has_value());
    EXPECT_FALSE(adapted({}, 400, "").has_value());
    EXPECT_FALSE(adapted({}, 500, "unknown field stream_options").has_value());
    EXPECT_FALSE(adapted({}, 401, "unknown field stream_options").has_value());
}

}  // namespace
}  // namespace commonplace::llm
