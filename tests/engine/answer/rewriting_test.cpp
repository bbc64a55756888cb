#include "engine/answer/rewriting.h"

#include <gtest/gtest.h>

#include "tests/engine/answer/small_library.h"
#include "tests/fakes/fake_chat_model.h"

namespace commonplace::answer {
namespace {

constexpr std::string_view kFiles =
    "=== /lib/leave.md\nEvery employee has 27 days of annual leave.\n"
    "=== /lib/parents.md\nParental leave is 16 weeks at full pay.\n";

Question followUp() {
    Question question;
    question.text = "And for parents?";
    question.history = {{"How long is the leave?", "27 days [1].", {"/lib/leave.md"}}};
    return question;
}

Result<std::string> rewritten(const Question& question, test::FakeChatModel& model) {
    const trace::Tracer silent(nullptr, {});
    return rewrittenFollowUp(question, model, silent.start("test"), {});
}

TEST(Rewriting, TheSearchUsesTheRewrittenQuestion) {
    const SmallLibrary library(kFiles);
    test::FakeChatModel small("\"How long is parental leave?\"\n");
    Backends backends = library.backends();
    backends.small = &small;
    const auto result = answer(followUp(), backends, {}, {});
    ASSERT_TRUE(result) << result.error().message();
    EXPECT_EQ(result->searchedFor, "How long is parental leave?");
    EXPECT_TRUE(result->carriedWords.empty());
    ASSERT_FALSE(result->citations.empty());
    EXPECT_EQ(result->citations[0].path, "/lib/parents.md");
    EXPECT_EQ(result->question, "And for parents?");
}

TEST(Rewriting, AnEditedSearchNeedsNoModel) {
    const SmallLibrary library(kFiles);
    test::FakeChatModel small("never");
    Backends backends = library.backends();
    backends.small = &small;
    Question question = followUp();
    question.searchFor = "annual leave of an employee";
    const auto result = answer(question, backends, {}, {});
    ASSERT_TRUE(result);
    EXPECT_EQ(result->searchedFor, question.searchFor);
    EXPECT_TRUE(small.requests.empty());
    ASSERT_FALSE(result->citations.empty());
    EXPECT_EQ(result->citations[0].path, "/lib/leave.md");
}

TEST(Rewriting, WithoutAUsefulReplyTheRuleHolds) {
    for (const char* reply : {"", "And for parents?", "one\ntwo", "?!"}) {
        test::FakeChatModel small(reply);
        EXPECT_EQ(*rewritten(followUp(), small), "") << reply;
    }
    test::FakeChatModel away("x");
    away.refuses = Error(ErrorCode::Network, "refused");
    EXPECT_EQ(*rewritten(followUp(), away), "");
    test::FakeChatModel broken("How long is parental leave?");
    broken.breaksAfter = 7;
    EXPECT_EQ(*rewritten(followUp(), broken), "");
}

TEST(Rewriting, IsNotAskedForWithoutNeed) {
    test::FakeChatModel small("never");
    Question first = followUp();
    first.history.clear();
    EXPECT_EQ(*rewritten(first, small), "");
    Question long_ = followUp();
    for (int i = 0; i < 30; ++i) long_.text += " word";
    EXPECT_EQ(*rewritten(long_, small), "");
    EXPECT_TRUE(small.requests.empty());
}

TEST(Rewriting, StaysInsideTheWindowOfTheSmallModel) {
    test::FakeChatModel small("How long is parental leave?");
    Question question = followUp();
    question.history.insert(question.history.begin(), 3, {std::string(900, 'q'), std::string(900, 'a'), {}});
    small.contextWindow = 700;
    EXPECT_NE(*rewritten(question, small), "");
    EXPECT_LT(small.requests.at(0).messages.at(1).text.size(), 2000u);
    EXPECT_NE(small.requests.at(0).messages.at(1).text.find("How long is the leave?"), std::string::npos);
    small.contextWindow = 200;
    EXPECT_EQ(*rewritten(question, small), "");
    EXPECT_EQ(small.requests.size(), 1u);
}

TEST(Rewriting, LocalTurnsAreNotShownElsewhere) {
    test::FakeChatModel small("How long is parental leave?");
    small.where = document::Place::Elsewhere;
    Question question = followUp();
    question.localOnly = {"/lib"};
    EXPECT_EQ(*rewritten(question, small), "");
    EXPECT_TRUE(small.requests.empty());
    small.where = document::Place::ThisComputer;
    EXPECT_NE(*rewritten(question, small), "");
    EXPECT_EQ(small.requests.at(0).mayReach, document::Place::ThisComputer);
}

TEST(Rewriting, AStopEndsTheQuestion) {
    test::FakeChatModel small("How long is parental leave?");
    std::stop_source source;
    source.request_stop();
    const trace::Tracer silent(nullptr, {});
    const auto result = rewrittenFollowUp(followUp(), small, silent.start("test"), source.get_token());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code(), ErrorCode::Cancelled);
}

}  // namespace
}  // namespace commonplace::answer
