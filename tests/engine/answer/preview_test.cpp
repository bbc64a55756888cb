#include <gmock/gmock.h>

#include "engine/answer/answerer.h"
#include "tests/engine/answer/small_library.h"
#include "tests/fakes/fake_chat_model.h"

namespace commonplace::answer {
namespace {

using testing::HasSubstr;

constexpr std::string_view kFiles =
    "=== /lib/leave.md\nEvery employee has 27 days of annual leave.\n"
    "=== /lib/secret/leave.md\nThe annual leave of the employee Ruth is 41 days.\n";

Question question() {
    Question question;
    question.text = "How many days of annual leave does an employee have?";
    return question;
}

TEST(Preview, ShowsWhatIsThenSentAndSendsNothing) {
    const SmallLibrary library(kFiles);
    test::FakeChatModel model("27 days [1]."), small("never");
    model.where = document::Place::Elsewhere;
    model.costUsd = 0.5;
    Backends backends = library.backends(&model);
    backends.small = &small;
    Question asked = question();
    asked.localOnly = {"/lib/secret"};
    asked.history = {{"Who?", "Somebody.", {"/lib/leave.md"}}};
    const auto seen = preview(asked, backends, {});
    ASSERT_TRUE(seen) << seen.error().message();
    EXPECT_TRUE(model.requests.empty());
    EXPECT_TRUE(small.requests.empty());
    EXPECT_EQ(seen->model, "fake-model");
    EXPECT_EQ(seen->place, document::Place::Elsewhere);
    EXPECT_EQ(seen->mostCostUsd, 0.5);
    ASSERT_EQ(seen->context.dropped.size(), 1u);
    EXPECT_THAT(seen->context.dropped[0].why, HasSubstr("local only"));
    ASSERT_FALSE(seen->notes.empty());
    EXPECT_THAT(seen->notes[0], HasSubstr("small model"));

    backends.small = nullptr;
    const auto answered = answer(asked, backends, {}, {});
    ASSERT_TRUE(answered);
    ASSERT_EQ(model.requests.size(), 1u);
    ASSERT_EQ(model.requests[0].messages.size(), seen->messages.size());
    for (std::size_t i = 0; i < seen->messages.size(); ++i)
        EXPECT_EQ(model.requests[0].messages[i].text, seen->messages[i].text);
    EXPECT_EQ(answered->context.used, seen->context.used);
    EXPECT_EQ(model.requests[0].maxTokens, seen->maxAnswerTokens);
    EXPECT_EQ(answered->filesRead, seen->filesRead);
}

TEST(Preview, SaysThatTheWindowIsNotKnownYet) {
    const SmallLibrary library(kFiles);
    test::FakeChatModel model("27 days [1].");
    EXPECT_TRUE(preview(question(), library.backends(&model), {})->notes.empty());
    model.windowFrom = document::WindowSource::Server;
    EXPECT_TRUE(preview(question(), library.backends(&model), {})->notes.empty());
    model.windowFrom = document::WindowSource::NotAskedYet;
    const auto seen = preview(question(), library.backends(&model), {});
    ASSERT_EQ(seen->notes.size(), 1u);
    EXPECT_THAT(seen->notes[0], HasSubstr("less than 8192 tokens, passages are left out"));
}

TEST(Preview, SaysWhenNothingWouldBeSent) {
    const SmallLibrary library(kFiles);
    const auto extractive = preview(question(), library.backends(), {});
    ASSERT_TRUE(extractive);
    EXPECT_EQ(extractive->model, "extractive");
    EXPECT_TRUE(extractive->messages.empty());
    EXPECT_EQ(extractive->context.window, 0u);
    EXPECT_GT(extractive->filesRead, 0);

    test::FakeChatModel model("never");
    model.where = document::Place::Elsewhere;
    Question closed = question();
    closed.localOnly = {"/lib"};
    const auto refused = preview(closed, library.backends(&model), {});
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->model, "extractive");
    EXPECT_TRUE(refused->messages.empty());
    EXPECT_TRUE(refused->context.parts.empty());
    EXPECT_FALSE(refused->context.dropped.empty());
    EXPECT_THAT(refused->notes.at(0), HasSubstr("stay on this computer"));

    Question unknown;
    unknown.text = "zyzzyva quux";
    const auto nothing = preview(unknown, library.backends(&model), {});
    ASSERT_TRUE(nothing);
    EXPECT_THAT(nothing->notes.at(0), HasSubstr("nothing would be sent"));
    EXPECT_FALSE(preview(Question{}, library.backends(&model), {}));
}

}  // namespace
}  // namespace commonplace::answer
