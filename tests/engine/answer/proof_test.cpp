#include "engine/answer/proof.h"

#include <gtest/gtest.h>

#include <string>

#include "engine/base/clock.h"
#include "tests/support/hang.h"

namespace commonplace::answer {
namespace {

std::string provenText(std::string_view quote, std::string_view page) {
    const auto range = prove(quote, page);
    return range ? std::string(page.substr(range->begin, range->size())) : "(not found)";
}

bool proven(std::string_view quote, std::string_view page) {
    return prove(quote, page).has_value();
}

TEST(Proof, FindsWhatStandsThereAndSaysWhere) {
    const std::string page = "First line.\nThe plan covers  two\nvisits a year.\nLast line.";
    const auto range = prove("The plan covers two visits a year.", page);
    ASSERT_TRUE(range);
    EXPECT_EQ(range->begin, 12u);
    EXPECT_EQ(page.substr(range->begin, range->size()), "The plan covers  two\nvisits a year.");
}

TEST(Proof, FoldsNothingOutsideTheTable) {
    EXPECT_FALSE(proven("the plan covers two visits", "The plan covers two visits"));
    EXPECT_FALSE(proven("the area is 102 square metres", "the area is 10² square metres"));
    EXPECT_FALSE(proven("the cafe opens at noon", "the café opens at noon"));
    EXPECT_FALSE(proven("the file is fine today", "the ﬁle is ﬁne to day"));
    EXPECT_FALSE(proven("one two … five six", "one two three four five six"));
    EXPECT_FALSE(proven("one two [...] five six", "one two three four five six"));
    EXPECT_FALSE(proven("one two ... five six", "one two … five six"));
    EXPECT_FALSE(proven("full width A letters here", "full width Ａ letters here"));
}

TEST(Proof, ShortQuotesProveNothing) {
    EXPECT_FALSE(proven("", "a page of text"));
    EXPECT_FALSE(proven("page of text", "a page of text"));
    EXPECT_TRUE(proven("a page of text", "a page of text"));
    EXPECT_FALSE(proven("- - - - -", "- - - - -"));
    EXPECT_FALSE(proven("a page of text", ""));
}

TEST(Proof, Row1WhiteSpace) {
    EXPECT_TRUE(proven("  one two three\tfour\n", "zero one\u00A0two \r\n three\u2003four five"));
    EXPECT_FALSE(proven("one two three four", "one twothree four"));
    EXPECT_FALSE(proven("one twothree four five", "one two three four five"));
    EXPECT_FALSE(proven("one twothree four five", "one two\nthree four five"));
    EXPECT_EQ(provenText("这是一个很长的句子。", "前言。这是一个很\n长的句子。结束"),
              "这是一个很\n长的句子。");
    EXPECT_FALSE(proven("这是一个很长的句子。", "前言。这是一个很 长的句子。结束"));
}

TEST(Proof, Row2SoftHyphen) {
    EXPECT_TRUE(proven("an extraordinary case of luck", "an extra\u00ADordinary case of luck"));
    EXPECT_TRUE(proven("an extra\u00ADordinary case of luck", "an extraordinary case of luck"));
    EXPECT_TRUE(proven("an extraordinary case of luck", "an extra\u00AD\nordinary case of luck"));
    EXPECT_FALSE(proven("case of luck in 1020", "case of luck in 10\u00AD\n20"));
}

TEST(Proof, Row3LineEndHyphen) {
    const std::string page = "we describe an in-\nnetwork provider of long-  \n term care";
    EXPECT_TRUE(proven("describe an innetwork provider", page));
    EXPECT_TRUE(proven("describe an in-network provider", page));
    EXPECT_TRUE(proven("describe an in- network provider", page));
    EXPECT_FALSE(proven("describe an in network provider", page));
    EXPECT_TRUE(proven("provider of long-term care", page));
    EXPECT_TRUE(proven("we describe an innetwork provider of long-term care", page));
    EXPECT_FALSE(proven("describe an in-network provider", "describe an in- network provider"));
    EXPECT_FALSE(proven("describe an innetwork provider", "describe an in-network provider"));
    EXPECT_FALSE(proven("word word again and again", "word -\nword again and again"));
}

TEST(Proof, Row3NeverJoinsNumbersOrOtherDashes) {
    EXPECT_FALSE(proven("between 1020 and 30 percent", "between 10-\n20 and 30 percent"));
    EXPECT_TRUE(proven("between 10-20 and 30 percent", "between 10-\n20 and 30 percent"));
    EXPECT_TRUE(proven("the years 2010–2015 were good", "the years 2010–\n2015 were good"));
    EXPECT_TRUE(proven("the end—which never came", "the end—\nwhich never came"));
    EXPECT_FALSE(proven("the endwhich never came again", "the end—\nwhich never came again"));
}

TEST(Proof, Row4Ligatures) {
    const std::string page = "an eﬃcient oﬀer to ﬁnd ﬂat waﬄes";
    EXPECT_TRUE(proven("an efficient offer to find flat waffles", page));
    EXPECT_EQ(provenText("offer to find flat", page), "oﬀer to ﬁnd ﬂat");
    EXPECT_TRUE(proven("an eﬃcient oﬀer to ﬁnd", "an efficient offer to find"));
    EXPECT_FALSE(proven("icient offer to find", page));
    EXPECT_FALSE(proven("the best and latest", "the beﬆ and lateﬆ"));  // U+FB06 is not in the table
}

TEST(Proof, Row5Quotes) {
    EXPECT_TRUE(proven("we don't say \"never again\"", "we don’t say “never again”"));
    EXPECT_TRUE(proven("we don’t say «never again»", "we don't say „never again‟"));
    EXPECT_TRUE(proven("a 6' 2″ tall man", "a 6′ 2\" tall man"));
    EXPECT_FALSE(proven("we dont say never again", "we don’t say never again"));
}

TEST(Proof, Row6Dashes) {
    EXPECT_TRUE(proven("a well-known fact - mostly", "a well‑known fact — mostly"));
    EXPECT_TRUE(proven("falls to −5 degrees there", "falls to -5 degrees there"));
    EXPECT_FALSE(proven("a wellknown fact of life", "a well-known fact of life"));
    EXPECT_TRUE(proven("- item with four words", "list:\n– item with four words"));
    EXPECT_FALSE(proven("- item with four words", "list: item with four words"));
    EXPECT_TRUE(proven("four words and then -", "four words and then — nothing"));
    EXPECT_FALSE(proven("four words and then -", "four words and then nothing"));
}

TEST(Proof, DoesNotCutNumbers) {
    EXPECT_TRUE(proven("5 million people were asked", "(5 million people were asked)"));
    for (const char* page :
         {"1.5 million people were asked", "15 million people were asked", "1,5 million people were asked",
          "-5 million people were asked", "−5 million people were asked", ".5 million people were asked",
          "10-5 million people were asked", "1/5 million people were asked", "²5 million people were asked",
          "1\u202F5 million people were asked", "COVID-5 million people were asked"})
        EXPECT_FALSE(proven("5 million people were asked", page)) << page;
    EXPECT_TRUE(proven("grew by a factor of 1", "it grew by a factor of 1."));
    for (const char* page :
         {"grew by a factor of 1.5", "grew by a factor of 1,500", "grew by a factor of 10",
          "grew by a factor of 1²", "grew by a factor of 1⁻⁶", "grew by a factor of 1½",
          "grew by a factor of 1/2", "grew by a factor of 1-2", "grew by a factor of 1'000",
          "grew by a factor of 1:2", "grew by a factor of 1^6", "grew by a factor of 1st",
          "grew by a factor of 1\u00A0000"})
        EXPECT_FALSE(proven("grew by a factor of 1", page)) << page;
    EXPECT_FALSE(proven("0 percent of the cost", "10 percent of the cost"));
    EXPECT_FALSE(proven("$5 million in sales last", "a loss of -$5 million in sales last year"));
    EXPECT_TRUE(proven("$5 million in sales last", "a gain of $5 million in sales last year"));
    EXPECT_FALSE(proven(".5 percent of the cost", "1.5 percent of the cost"));
    EXPECT_TRUE(proven("5 percent of the total", "the results—5 percent of the total"));
}

TEST(Proof, DoesNotCutWords) {
    EXPECT_FALSE(proven("other people may apply here", "another people may apply here"));
    EXPECT_FALSE(proven("we know what you can", "we know what you can't do"));
    EXPECT_FALSE(proven("we know what you can", "we know what you can’t do"));
    EXPECT_FALSE(proven("profit organisations may apply here", "non-profit organisations may apply here"));
    EXPECT_FALSE(proven("profit organisations may apply here", "non-\nprofit organisations may apply here"));
    EXPECT_FALSE(proven("we will not accept any non", "we will not accept any non-\nprofit member"));
    EXPECT_FALSE(proven("this is what they do", "this is what they do\u00ADmesticate"));
    EXPECT_FALSE(proven("please send me your resume", "please send me your resume\u0301"));
    EXPECT_TRUE(proven("hello there my friend", "he said 'hello there my friend'"));
    EXPECT_TRUE(proven("where are you now", "here where are you now-- there"));
    EXPECT_TRUE(proven("很长的句子和另外的句子", "这是一个很长的句子和另外的句子吧"));
    EXPECT_FALSE(proven("十个很长的句子和另外的句子", "五十个很长的句子和另外的句子"));
}

TEST(Proof, TakesALaterPlaceWhenTheFirstCutsAWord) {
    const std::string page = "15 million people were asked. 5 million people were asked.";
    const auto range = prove("5 million people were asked.", page);
    ASSERT_TRUE(range);
    EXPECT_EQ(range->begin, 30u);
}

TEST(Proof, OverlappingCandidatesAreAllSeen) {
    EXPECT_TRUE(proven("a b a b a c", "a b a b a b a c"));
    EXPECT_TRUE(proven("no no no yes", "no no no no no yes"));
}

TEST(Proof, BadBytesAreNoUndefinedBehaviour) {
    const std::string page = "one \xFF two\xE2\x82 three four \xC0\x80 five\xF0";
    EXPECT_TRUE(proven("one \xFF two\xE2\x82 three four", page));
    EXPECT_FALSE(proven("two\xE2 three four five", page));
    for (std::size_t i = 0; i < page.size(); ++i) prove(page.substr(i), page.substr(page.size() - i));
}

TEST(Proof, FindsAQuoteAnywhereInAHugeText) {
    std::string page;
    while (page.size() < 900'000) page += "Lorem ipsum dolor sit amet № 5. ";
    for (const std::size_t at : {0u, 262'100u, 262'144u, 400'000u, 899'000u}) {
        std::string text(page);
        text.insert(text.find(' ', at), " the needle in this very long\n hay-\nstack");
        EXPECT_TRUE(proven("the needle in this very long haystack", text)) << at;
    }
}

// The bound is loose because test machines are; a quadratic search would take minutes.
TEST(Proof, HostileTextsStayFast) {
    const auto repeat = [](std::string_view part, std::size_t bytes) {
        std::string text;
        while (text.size() < bytes) text += part;
        return text;
    };
    const base::Stopwatch watch;
    EXPECT_FALSE(proven(repeat("a", 5'000) + " a a a" + repeat("a", 4'000) + "b", repeat("a", 100'000)));
    EXPECT_FALSE(proven(repeat("a ", 10'000) + "aa a", repeat("a ", 100'000)));
    EXPECT_FALSE(proven(repeat("a-a ", 10'000) + "b b b", repeat("a-\n", 100'000)));
    EXPECT_FALSE(proven(repeat("ab ", 10'000) + "c", repeat("xab ab ", 100'000)));
    EXPECT_FALSE(proven("one two three four",
                        repeat(" ", 100'000) + repeat("\u00AD", 100'000) + repeat("-", 100'000)));
    EXPECT_FALSE(proven(repeat("word ", 17'000), repeat("word ", 100'000)));
    EXPECT_LT(watch.seconds(), test::kHangSeconds);
}

}  // namespace
}  // namespace commonplace::answer
