#include "engine/answer/claim_words.h"

#include <gtest/gtest.h>

namespace commonplace::answer {
namespace {

TEST(ClaimWords, MarkersNumeralsOfListsAndStopWordsAreNone) {
    const ClaimWords claim = wordsOfClaim("12. The leave is 27 days [31]");
    EXPECT_EQ(claim.words.size(), 2u);
    ASSERT_EQ(claim.numbers.size(), 1u);
    EXPECT_EQ(claim.numbers[0].value, "27");
    EXPECT_EQ(sharedWords(claim, wordsOf("Leaves of a day")), 2u);
    EXPECT_EQ(sharedWords(claim, wordsOf("Pay is fair")), 0u);
}

TEST(ClaimWords, AWordOrTwoAreALabel) {
    EXPECT_FALSE(saysSomething(wordsOfClaim("[1]")));
    EXPECT_TRUE(isLabel(wordsOfClaim("The leave policy")));
    EXPECT_FALSE(isLabel(wordsOfClaim("The leave policy 27")));
    EXPECT_FALSE(isLabel(wordsOfClaim("The leave policy of employees")));
}

TEST(ClaimWords, AnItemHasWordsBehindItsSign) {
    EXPECT_EQ(itemSignOf("- 10. Leave"), 5u);
    EXPECT_EQ(itemSignOf("10. "), 0u);
    EXPECT_EQ(itemSignOf("2024. Leave"), 0u);
}

}  // namespace
}  // namespace commonplace::answer
