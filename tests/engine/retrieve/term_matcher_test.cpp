#include "engine/retrieve/term_matcher.h"

#include <gtest/gtest.h>

namespace commonplace::retrieve {
namespace {

TermMatcher matcherFor(const std::string& query, Endings endings = Endings::English) {
    const ParsedQuery parsed = parse(query, {Phrases::Required, endings});
    return TermMatcher(parsed, std::vector<double>(parsed.terms.size(), 1.0));
}

std::vector<std::string> found(const TermMatcher& matcher, const std::string& text) {
    std::vector<std::string> matches;
    for (const TermMatch& match : matcher.find(text, base::words(text)))
        matches.push_back(text.substr(match.range.begin, match.range.size()));
    return matches;
}

using Words = std::vector<std::string>;

TEST(TermMatcher, FindsStemsAndAccents) {
    EXPECT_EQ(found(matcherFor("billing cafe"), "Bills were billed at the Café; Bilbo paid."),
              (Words{"Bills", "billed", "Café"}));
}

TEST(TermMatcher, FindsPartsAtApostrophes) {
    EXPECT_EQ(found(matcherFor("company homme"), "The company's plan. L'homme."),
              (Words{"company's", "L'homme"}));
    EXPECT_EQ(found(matcherFor("company's plan"), "a company plan"), (Words{"company", "plan"}));
}

TEST(TermMatcher, FindsWordsOfRequiredPhrases) {
    EXPECT_EQ(found(matcherFor("\"balance billing\""), "Billing the balance"), (Words{"Billing", "balance"}));
}

TEST(TermMatcher, FindsFormsByTheirBeginning) {
    EXPECT_EQ(found(matcherFor("программа"), "Две программы, программирование и проза"),
              (Words{"программы", "программирование"}));
    EXPECT_EQ(found(matcherFor("Versicherungen", Endings::Any), "Die Versicherung verspricht"),
              (Words{"Versicherung"}));
}

TEST(TermMatcher, FindsPairsInsideARun) {
    EXPECT_EQ(found(matcherFor("黑豹队"), "卡罗来纳黑豹队赢了"), (Words{"黑豹", "豹队"}));
}

TEST(TermMatcher, FindsNothingForNothing) {
    EXPECT_EQ(found(matcherFor(""), "some text"), Words{});
    EXPECT_EQ(found(matcherFor("word"), ""), Words{});
}

TEST(TermMatcher, WeighsPhraseWordsAsTheRarest) {
    const ParsedQuery query = parse("\"rare words\" common");
    const TermMatcher matcher(query, {0.5});
    EXPECT_EQ(matcher.weights(), (std::vector<double>{0.5, 1, 1}));
    const TermMatcher other(query, {3});
    EXPECT_EQ(other.weights(), (std::vector<double>{3, 3, 3}));
}

}  // namespace
}  // namespace commonplace::retrieve
