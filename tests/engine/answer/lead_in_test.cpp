#include "engine/answer/lead_in.h"

#include <gtest/gtest.h>

#include <string>

namespace commonplace::answer {
namespace {

std::string rest(std::string_view sentence) {
    return std::string(sentence.substr(leadIn(sentence).bytes));
}

TEST(LeadIn, HeadingsRunIntoTheSentenceBelowThem) {
    EXPECT_EQ(rest("Exceptions To Prior Authorization\nCARE MANAGEMENT\nThe plan covers it."),
              "The plan covers it.");
    EXPECT_EQ(rest("Annual Leave\n• Every employee has 27 days."), "Every employee has 27 days.");
    EXPECT_EQ(rest("The plan of Harbour & Lind\nCovers it."), "The plan of Harbour & Lind\nCovers it.");
    EXPECT_EQ(rest("New York Is Large\nand loud."), "New York Is Large\nand loud.");
    EXPECT_EQ(rest("Only A Heading"), "Only A Heading");
    EXPECT_EQ(rest("Only A Heading\n"), "Only A Heading\n");
}

TEST(LeadIn, Bullets) {
    EXPECT_EQ(rest("• One thing"), "One thing");
    EXPECT_EQ(rest("•One thing"), "One thing");
    EXPECT_EQ(rest("- one thing"), "one thing");
    EXPECT_EQ(rest("– • one thing"), "one thing");
    EXPECT_EQ(rest("-5 degrees"), "-5 degrees");
    EXPECT_EQ(rest("— he said"), "he said");
    EXPECT_TRUE(leadIn("• One").bullet);
    EXPECT_FALSE(leadIn("A Heading\nOne").bullet);
    EXPECT_EQ(rest(""), "");
    EXPECT_EQ(rest("•"), "");
}

TEST(LeadIn, HeadingsBeginTheirWordsWithCapitals) {
    EXPECT_TRUE(looksLikeHeading("Benefits For Out-Of-Network Providers"));
    EXPECT_TRUE(looksLikeHeading("PARENTAL LEAVE 2024"));
    EXPECT_FALSE(looksLikeHeading("The plan pays for crowns"));
    EXPECT_FALSE(looksLikeHeading("2024"));
    EXPECT_FALSE(looksLikeHeading(""));
    EXPECT_FALSE(looksLikeHeading("公司简介"));
}

}  // namespace
}  // namespace commonplace::answer
