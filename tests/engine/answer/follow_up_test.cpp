#include <gtest/gtest.h>

#include "engine/answer/answerer.h"

namespace commonplace::answer {
namespace {

using Words = std::vector<std::string>;

Words carried(std::string_view question, const Words& earlier) {
    std::vector<Turn> history;
    for (const std::string& one : earlier) history.push_back({one, "some answer"});
    return carriedWords(question, history);
}

const Words kDental{"What does the dental plan pay for crowns?"};

TEST(FollowUp, LeansOnTheQuestionBefore) {
    const Words all{"dental", "plan", "pay", "crowns"};
    EXPECT_EQ(carried("Why?", kDental), all);
    EXPECT_EQ(carried("And for braces?", kDental), all);
    EXPECT_EQ(carried("What about children under twelve years?", kDental), all);
    EXPECT_EQ(carried("Does it cover cosmetic treatment for adults?", kDental), all);
    EXPECT_EQ(carried("Who wrote that?", kDental), all);
    EXPECT_EQ(carried("When must claims be sent?", kDental).size(), 0u);
    EXPECT_EQ(carried("Until when is it?", kDental), all);
}

TEST(FollowUp, WordsThatTheQuestionHasAlreadyAreNotCarried) {
    EXPECT_EQ(carried("And the vision plans?", kDental), (Words{"dental", "pay", "crowns"}));
}

TEST(FollowUp, AQuestionThatStandsOnItsOwnLeansOnNothing) {
    EXPECT_TRUE(carried("What is coinsurance?", kDental).empty());
    EXPECT_TRUE(carried("Who is Maria Lindqvist?", kDental).empty());
    EXPECT_TRUE(carried("How many days of annual leave do employees have?", kDental).empty());
    EXPECT_TRUE(carried("Is there a rule that visitors need a badge in the office?", kDental).empty());
    EXPECT_TRUE(carried("Why?", {}).empty());
}

TEST(FollowUp, AChainOfFollowUpsReachesItsBeginning) {
    EXPECT_EQ(carried("And for children?",
                      {"What does the dental plan pay for crowns?", "Does it pay for braces?"}),
              (Words{"pay", "braces", "dental", "plan", "crowns"}));
    EXPECT_EQ(carried("Why?", {"Who owns the harbour?", "How many days of annual leave do employees have?"}),
              (Words{"days", "annual", "leave", "employees"}));
}

TEST(FollowUp, CarriesAFewWordsOnly) {
    EXPECT_LE(carried("Why?", {"alpha beta gamma delta epsilon zeta eta theta iota kappa lambda"}).size(),
              8u);
    EXPECT_TRUE(carried("", {}).empty());
}

}  // namespace
}  // namespace commonplace::answer
