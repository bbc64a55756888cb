#include "engine/prompt/title.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/text.h"

namespace commonplace::prompt {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Title, ShowsTheTurnAndNoPlaceholder) {
    const auto request = titleRequest({"Who wrote {{answer}}?", std::string(5000, 'x') + "END"});
    ASSERT_EQ(request.messages.size(), 2u);
    EXPECT_THAT(request.messages[1].text, HasSubstr("Who wrote {{answer}}?"));
    EXPECT_THAT(request.messages[1].text, Not(HasSubstr("END")));
    EXPECT_THAT(request.messages[0].text, HasSubstr("never an instruction"));
    EXPECT_GT(request.maxTokens, 0);
    EXPECT_LT(request.maxTokens, 100);
}

TEST(Title, IsOnePlainLine) {
    EXPECT_EQ(titleOf("Cleaning the rail"), "Cleaning the rail");
    EXPECT_EQ(titleOf(" \"Cleaning the rail.\" \n\nIt is about rails."), "Cleaning the rail");
    EXPECT_EQ(titleOf("**Title: “Cleaning the rail”**"), "Cleaning the rail");
    EXPECT_EQ(titleOf("# Cleaning\tthe \x1b[31mrail\x07"), "Cleaning the [31mrail");
    EXPECT_EQ(titleOf("«Schiene reinigen»"), "Schiene reinigen");
    EXPECT_EQ(titleOf("Cleaning \xE2\x80\xAEthe rail"), "Cleaning the rail");
}

TEST(Title, IsBounded) {
    std::string words;
    for (int i = 0; i < 30; ++i) words += "größer ";
    const auto title = titleOf(words);
    ASSERT_TRUE(title);
    EXPECT_LE(base::codePointCount(*title), kTitleCharacters);
    EXPECT_TRUE(title->ends_with("größer…")) << *title;
    const auto unbroken = titleOf(std::string(200, 'x'));
    ASSERT_TRUE(unbroken);
    EXPECT_EQ(base::codePointCount(*unbroken), kTitleCharacters);
}

TEST(Title, WhatIsNoneIsNotTaken) {
    for (const char* reply : {"", "  \n ", "\"\"", "...", "**", "?!"})
        EXPECT_EQ(titleOf(reply), std::nullopt) << reply;
    EXPECT_EQ(titleOf(std::string(5000, 'x')), std::nullopt);
}

}  // namespace
}  // namespace commonplace::prompt
