#include "engine/answer/titling.h"

#include <gtest/gtest.h>

#include "tests/fakes/fake_chat_model.h"

namespace commonplace::answer {
namespace {

using document::Place;
using test::FakeChatModel;

const Turn kTurn{"How is the rail cleaned?", "With a dry cloth [1].", {"/lib/rail.md"}};

std::optional<std::string> titleBy(const TitleBy& by, const std::vector<std::string>& localOnly = {}) {
    const trace::Tracer silent(nullptr, {});
    return conversationTitle(kTurn, localOnly, by, silent.start("test"), {});
}

TEST(Titling, TheSmallModelComesFirst) {
    FakeChatModel small("\"Cleaning the rail\"\n"), answering("never");
    EXPECT_EQ(titleBy({&small, &answering}), "Cleaning the rail");
    EXPECT_TRUE(answering.requests.empty());
    EXPECT_EQ(small.requests.at(0).mayReach, Place::Elsewhere);
    small.where = Place::Elsewhere;  // the person configured it for such things
    EXPECT_EQ(titleBy({&small, &answering}), "Cleaning the rail");
}

TEST(Titling, TheAnsweringModelOnlyOnThisComputer) {
    FakeChatModel answering("Cleaning the rail");
    EXPECT_EQ(titleBy({nullptr, &answering}), "Cleaning the rail");
    EXPECT_EQ(answering.requests.at(0).mayReach, Place::ThisComputer)
        << "nobody may stand in for it elsewhere";
    answering.where = Place::Elsewhere;
    EXPECT_EQ(titleBy({nullptr, &answering}), std::nullopt);
    EXPECT_EQ(answering.requests.size(), 1u);
    EXPECT_EQ(titleBy({}), std::nullopt);
}

TEST(Titling, LocalDocumentsAreNotShownElsewhere) {
    FakeChatModel small("Cleaning the rail"), answering("never");
    small.where = Place::Elsewhere;
    EXPECT_EQ(titleBy({&small, &answering}, {"/lib"}), std::nullopt);
    EXPECT_TRUE(small.requests.empty());
    EXPECT_TRUE(answering.requests.empty());
    small.where = Place::ThisComputer;
    EXPECT_EQ(titleBy({&small, nullptr}, {"/lib"}), "Cleaning the rail");
    EXPECT_EQ(small.requests.at(0).mayReach, Place::ThisComputer);
}

TEST(Titling, AFailureGivesNoTitle) {
    FakeChatModel away("x");
    away.refuses = Error(ErrorCode::Network, "refused");
    EXPECT_EQ(titleBy({&away, nullptr}), std::nullopt);
    FakeChatModel silent("");
    EXPECT_EQ(titleBy({&silent, nullptr}), std::nullopt);
    FakeChatModel stopped("Cleaning the rail");
    std::stop_source source;
    source.request_stop();
    const trace::Tracer tracer(nullptr, {});
    EXPECT_EQ(conversationTitle(kTurn, {}, {&stopped, nullptr}, tracer.start("test"), source.get_token()),
              std::nullopt);
}

}  // namespace
}  // namespace commonplace::answer
