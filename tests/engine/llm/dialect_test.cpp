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

TEST(Dialect, SearchResultsAreGivenUpWhateverIsWrongWithThem) {
    const Dialect sent{.searchResults = true};
    for (const char* words :
         {"messages.0.content.0: Input tag 'search_result' found using 'type' does not match any of the "
          "expected "
          "tags: 'text', 'image'",
          "messages.0.content.0.search_result.citations: Extra inputs are not permitted"}) {
        const auto next = adapted(sent, 400, words);
        ASSERT_TRUE(next.has_value()) << words;
        EXPECT_FALSE(next->searchResults);
        EXPECT_FALSE(adapted({}, 400, "citations are odd").has_value()) << "none were sent";
    }
    EXPECT_FALSE(adapted(sent, 500, "search_result").has_value());
    EXPECT_FALSE(adapted(sent, 400, "prompt is too long").has_value());
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
