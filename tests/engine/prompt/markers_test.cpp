#include <gtest/gtest.h>

#include <string>

#include "engine/base/clock.h"
#include "engine/prompt/prompt.h"
#include "tests/support/hang.h"

namespace commonplace::prompt {
namespace {

std::string shown(std::string_view answer) {
    std::string result;
    for (const Marker& marker : markers(answer)) {
        result += std::string(answer.substr(marker.range.begin, marker.range.size())) + "=";
        for (const int number : marker.numbers) result += std::to_string(number) + ",";
        result += ' ';
    }
    return result;
}

TEST(Markers, AreNumbersInSquareBrackets) {
    EXPECT_EQ(shown("It is so [2]. And so[1, 3], and [ 4 ] too [5,6]."),
              "[2]=2, [1, 3]=1,3, [ 4 ]=4, [5,6]=5,6, ");
    EXPECT_EQ(shown("both [1][2]"), "[1]=1, [2]=2, ");
    EXPECT_EQ(shown("in [2020]"), "[2020]=2020, ");
}

TEST(Markers, AnythingElseIsText) {
    EXPECT_EQ(shown("[a] [] [1a] [1 2] [,] [1,] [0] [-1] [1.5] [note 1] [12345] [1"), "");
    EXPECT_EQ(shown("[1](http://evil.example) and `x[1]` and\n```\ny[2]\n```"), "");
    EXPECT_EQ(shown("\\[1\\] and \\[2]"), "");
    EXPECT_EQ(shown("[[3]]"), "[3]=3, ");
    EXPECT_EQ(shown(std::string(100'000, '[')), "");
}

TEST(NotInDocuments, IsRecognisedInAnyDress) {
    EXPECT_TRUE(saysNotInDocuments("Not in your documents."));
    EXPECT_TRUE(saysNotInDocuments(" **\"not in your documents\"**\n"));
    EXPECT_FALSE(saysNotInDocuments("Not in your documents, but the plan says so [1]."));
    EXPECT_FALSE(saysNotInDocuments(""));
}

std::string quoted(std::string_view answer) {
    std::string result;
    for (const QuotedSpan& span : quotedSpans(answer)) {
        result += "<" + std::string(answer.substr(span.range.begin, span.range.size())) + ">";
        for (const int number : span.numbers) result += std::to_string(number) + ",";
    }
    return result;
}

TEST(QuotedSpans, StraightAndCurlyWithTheirMarkers) {
    EXPECT_EQ(quoted("It says \"one two three four\" [1]."), "<one two three four>1,");
    EXPECT_EQ(quoted("It says “one two three four.” [1][3]"), "<one two three four.>1,3,");
    EXPECT_EQ(quoted("„one two three four“ [2] and «five six seven eight» [1, 2]"),
              "<one two three four>2,<five six seven eight>1,2,");
    EXPECT_EQ(quoted("\"one two three four\", as the plan says [2]. Next [3]."), "<one two three four>2,");
    EXPECT_EQ(quoted("\"one two three four\". [2]"), "<one two three four>2,");
    EXPECT_EQ(quoted("**\"one two three four\"** [2]"), "<one two three four>2,");
}

TEST(QuotedSpans, TheMarkerOfAnotherSentenceIsNotTheirs) {
    EXPECT_EQ(quoted("\"one two three four\". The rest costs more [2]."), "<one two three four>");
    EXPECT_EQ(quoted("- \"one two three four\"\n- five [2]"), "<one two three four>");
    EXPECT_EQ(quoted("\"one two three four\" and \"five six seven eight\" [2]"),
              "<one two three four><five six seven eight>2,");
    EXPECT_EQ(quoted("\"one two three four\"\n\nfive [2]"), "<one two three four>");
}

TEST(QuotedSpans, ShortUnclosedAndCodeAreNone) {
    EXPECT_EQ(quoted("\"three words only\" [1]"), "");
    EXPECT_EQ(quoted("a 5\" pipe of one two three four five\" [1]"), "");
    EXPECT_EQ(quoted("\"one two three four [1]"), "");
    EXPECT_EQ(quoted("\"one two\n\nthree four\" [1]"), "");
    EXPECT_EQ(quoted("`\"one two three four\"` [1]"), "");
    EXPECT_EQ(quoted("\"one two three four"), "");
}

TEST(QuotedSpans, HostileTextStaysFast) {
    std::string text;
    while (text.size() < 40'000) text += " \"a";
    const base::Stopwatch watch;
    quotedSpans(text);
    quotedSpans(std::string(40'000, '"'));
    quotedSpans(std::string(40'000, '`'));
    EXPECT_LT(watch.seconds(), test::kHangSeconds);
}

}  // namespace
}  // namespace commonplace::prompt
