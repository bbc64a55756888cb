#include "engine/answer/reach.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/engine/answer/small_library.h"
#include "tests/fakes/fake_chat_model.h"
#include "tests/support/temp_folder.h"

namespace commonplace::answer {
namespace {

using document::Place;

constexpr std::string_view kFiles =
    "=== /lib/open/leave.md\nEvery employee has 27 days of annual leave in the handbook.\n"
    "=== /lib/secret/leave.md\nThe annual leave of the employee Ruth is 41 days by contract.\n";

Question question() {
    Question result;
    result.text = "How many days of annual leave does the employee Ruth have?";
    result.localOnly = {"/lib/secret"};
    return result;
}

std::string sent(const test::FakeChatModel& model) {
    std::string all;
    for (const auto& request : model.requests)
        for (const auto& message : request.messages) all += message.text + "\n";
    return all;
}

TEST(Reach, FoldersHoldWhatLiesBelowThem) {
    EXPECT_TRUE(isBelowAny("/a/b/c.pdf", {"/x", "/a/b"}));
    EXPECT_TRUE(isBelowAny("/a/b", {"/a/b"}));
    EXPECT_TRUE(isBelowAny("/a", {"/"}));
    EXPECT_FALSE(isBelowAny("/a/bc/d.pdf", {"/a/b"}));
    EXPECT_FALSE(isBelowAny("/a/b", {}));
}

TEST(Reach, FoldersAreFoundThroughLinksAndDetours) {
    const test::TempFolder folder;
    const std::string root = folder.path().string();
    std::filesystem::create_directories(folder / "data/secret");
    folder.write("data/secret/a.md", "x");
    std::filesystem::create_directory_symlink(folder / "data", folder / "link");
    retrieve::Passage passage;
    passage.document.paths = {root + "/link/secret/a.md"};
    EXPECT_TRUE(mustStay(passage, spelledOut({root + "/data/secret"})));
    EXPECT_TRUE(mustStay(passage, spelledOut({root + "//data/./secret/"})));
    passage.document.paths = {root + "/data/secret/a.md"};
    EXPECT_TRUE(mustStay(passage, spelledOut({root + "/link/secret"})));
    EXPECT_FALSE(mustStay(passage, spelledOut({root + "/data/sec"})));
}

TEST(Reach, AnAnswerOfUnknownOriginStays) {
    const Turn unknown{"What was said?", "Half an ans", {}};
    EXPECT_TRUE(mustStay(unknown, {"/lib/secret"}));
    EXPECT_FALSE(mustStay(unknown, {})) << "nothing is local only";
    EXPECT_FALSE(mustStay(Turn{"Only a question", "", {}}, {"/lib/secret"}));
}

// "Say that shorter": the second answer is made from the first one's documents, too.
TEST(Reach, WhatIsRepeatedKeepsItsOrigin) {
    const SmallLibrary library(kFiles);
    test::FakeChatModel model("41 days [1].");
    Question asked = question();
    asked.text = "How many days of annual leave are in the handbook?";
    asked.history = {{"Who is Ruth?", "Ruth has 41 days.", {"/lib/secret/leave.md"}}};
    const Answer answer = library.ask(asked, &model);
    EXPECT_TRUE(mustStay(Turn{asked.text, answer.text, answer.sources}, asked.localOnly));
    asked.within = {"/lib/open"};
    const Answer scoped = library.ask(asked, &model);
    EXPECT_TRUE(mustStay(Turn{asked.text, scoped.text, scoped.sources}, asked.localOnly));
}

TEST(Reach, AModelElsewhereNeverSeesALocalFolder) {
    const SmallLibrary library(kFiles);
    test::FakeChatModel model("Ask the handbook [1].");
    model.where = Place::Elsewhere;
    Question asked = question();
    asked.history = {{"Who is Ruth?", "Ruth has a contract with 41 days.", {"/lib/secret/leave.md"}}};
    const Answer answer = library.ask(asked, &model);
    ASSERT_EQ(model.requests.size(), 1u);
    EXPECT_EQ(sent(model).find("41 days"), std::string::npos) << "neither as a passage nor as history";
    EXPECT_NE(sent(model).find("27 days"), std::string::npos);
    std::string dropped;
    for (const auto& part : answer.context.dropped) dropped += part.name + ": " + part.why + "\n";
    EXPECT_NE(dropped.find("local only"), std::string::npos) << dropped;
    EXPECT_NE(dropped.find("history"), std::string::npos) << dropped;
}

TEST(Reach, AModelHereSeesAllAndMayNotPassItOn) {
    const SmallLibrary library(kFiles);
    test::FakeChatModel model("41 days [1].");
    (void)library.ask(question(), &model);
    ASSERT_EQ(model.requests.size(), 1u);
    EXPECT_NE(sent(model).find("41 days"), std::string::npos);
    EXPECT_EQ(model.requests[0].mayReach, Place::ThisComputer);

    Question open = question();
    open.localOnly.clear();
    (void)library.ask(open, &model);
    EXPECT_EQ(model.requests[1].mayReach, Place::Elsewhere);
}

TEST(Reach, WhenEverythingStaysTheAnswerIsQuoted) {
    const SmallLibrary library(kFiles);
    test::FakeChatModel model("never");
    model.where = Place::Elsewhere;
    Question asked = question();
    asked.localOnly = {"/lib"};
    const Answer answer = library.ask(asked, &model);
    EXPECT_TRUE(model.requests.empty());
    EXPECT_EQ(answer.mode, AnswerMode::Extractive);
    EXPECT_NE(answer.error.value_or("").find("stay on this computer"), std::string::npos);
    EXPECT_FALSE(answer.citations.empty());
}

}  // namespace
}  // namespace commonplace::answer
