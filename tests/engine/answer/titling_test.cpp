#include "engine/answer/titling.h"

#include <gtest/gtest.h>

#include "tests/fakes/fake_chat_model.h"

namespace commonplace::answer {
namespace {

using document::Place;
using test::FakeChatModel;

const Turn kTurn{"How is the rail cleaned?", "With a dry cloth [1].", {"/lib/rail.md"}};

std::optional<std::string> titleBy(document::ChatModel* small,
                                   const std::vector<std::string>& localOnly = {}) {
    const trace::Tracer silent(nullptr, {});
    return conversationTitle(kTurn, localOnly, small, silent.start("test"), {});
}

TEST(Titling, TheSmallModelGivesOneWhereverItIs) {
    FakeChatModel small("\"Cleaning the rail\"\n");
    EXPECT_EQ(titleBy(&small), "Cleaning the rail");
    EXPECT_EQ(small.requests.at(0).mayReach, Place::Elsewhere);
    small.where = Place::Elsewhere;  // the person configured it for such things
    EXPECT_EQ(titleBy(&small), "Cleaning the rail");
    EXPECT_EQ(titleBy(nullptr), std::nullopt);
}

TEST(Titling, LocalDocumentsAreNotShownElsewhere) {
    FakeChatModel small("Cleaning the rail");
    small.where = Place::Elsewhere;
    EXPECT_EQ(titleBy(&small, {"/lib"}), std::nullopt);
    EXPECT_TRUE(small.requests.empty());
    small.where = Place::ThisComputer;
    EXPECT_EQ(titleBy(&small, {"/lib"}), "Cleaning the rail");
    EXPECT_EQ(small.requests.at(0).mayReach, Place::ThisComputer);
}

TEST(Titling, AFailureGivesNoTitle) {
    FakeChatModel away("x");
    away.refuses = Error(ErrorCode::Network, "refused");
    EXPECT_EQ(titleBy(&away), std::nullopt);
    FakeChatModel silent("");
    EXPECT_EQ(titleBy(&silent), std::nullopt);
    FakeChatModel stopped("Cleaning the rail");
    std::stop_source source;
    source.request_stop();
    const trace::Tracer tracer(nullptr, {});
    EXPECT_EQ(conversationTitle(kTurn, {}, &stopped, tracer.start("test"), source.get_token()), std::nullopt);
}

}  // namespace
}  // namespace commonplace::answer
