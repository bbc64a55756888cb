#include "engine/retrieve/query.h"

#include <gmock/gmock.h>

#include <random>

#include "tests/engine/retrieve/small_library.h"

namespace commonplace::retrieve {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

std::vector<std::string> textsOf(const ParsedQuery& query) {
    std::vector<std::string> texts;
    for (const Term& term : query.terms) texts.push_back(term.text);
    return texts;
}

std::vector<std::string> neighboursOf(const ParsedQuery& query) {
    std::vector<std::string> matches;
    for (const Neighbours& neighbours : query.neighbours) matches.push_back(neighbours.match);
    return matches;
}

TEST(Parse, DropsStopWordsAndRemembersThem) {
    const ParsedQuery query = parse("What is the state of the art?");
    EXPECT_THAT(textsOf(query), ElementsAre("state", "art"));
    EXPECT_THAT(query.ignored, ElementsAre("what", "is", "the", "of"));
    EXPECT_EQ(query.plain, "What is the state of the art?");
}

TEST(Parse, KeepsStopWordsWhenNothingElseIsLeft) {
    const ParsedQuery query = parse("to be or not to be");
    EXPECT_THAT(textsOf(query), ElementsAre("to", "be", "or", "not"));
    EXPECT_THAT(query.ignored, IsEmpty());
}

TEST(Parse, TakesEqualWordsOnce) {
    EXPECT_THAT(textsOf(parse("Run running RUNS fast")), ElementsAre("Run", "fast"));
}

TEST(Parse, TakesApostrophesApart) {
    EXPECT_THAT(textsOf(parse("company's insurer’s l'assurance")),
                ElementsAre("company", "insurer", "assurance"));
    EXPECT_THAT(textsOf(parse("what's covered, don't ask")), ElementsAre("covered", "ask"));
}

TEST(Parse, RequiresQuotedPhrases) {
    const ParsedQuery query = parse("\"balance billing\" cost");
    EXPECT_THAT(query.required, ElementsAre("\"balance billing\""));
    EXPECT_THAT(textsOf(query), ElementsAre("cost"));
    EXPECT_THAT(query.phraseKeys, ElementsAre("balanc", "bill"));
    EXPECT_THAT(parse("“balance billing”").required, SizeIs(1));
    EXPECT_EQ(query.plain, "balance billing cost");
}

TEST(Parse, ReadsQuotesInAQuestionAsLanguage) {
    const ParsedQuery query = parse("Who wrote \"Pride and Prejudice\"?");
    EXPECT_THAT(query.required, IsEmpty());
    EXPECT_THAT(textsOf(query), ElementsAre("wrote", "Pride", "Prejudice"));
    EXPECT_THAT(neighboursOf(query), ElementsAre("\"Pride and Prejudice\""));
}

TEST(Parse, MayTakePhrasesAsWords) {
    const ParsedQuery query = parse("\"balance billing\" -cost", {Phrases::Optional, Endings::English});
    EXPECT_THAT(query.required, IsEmpty());
    EXPECT_THAT(textsOf(query), ElementsAre("balance", "billing"));
    EXPECT_THAT(query.excluded, SizeIs(1));
}

TEST(Parse, ExcludesWordsAndPhrases) {
    const ParsedQuery query = parse("apple -pie -\"sour cream\"");
    EXPECT_THAT(textsOf(query), ElementsAre("apple"));
    EXPECT_THAT(query.excluded, ElementsAre("\"pie\"", "\"sour cream\""));
    EXPECT_EQ(query.plain, "apple");
}

TEST(Parse, KnowsDashesThatAreNoOperators) {
    EXPECT_THAT(parse("well-known -5 degrees - really --help").excluded, IsEmpty());
    EXPECT_THAT(parse("What about -pie?").excluded, IsEmpty());
}

TEST(Parse, KnowsThatExclusionsAloneFindNothing) {
    const ParsedQuery query = parse("-saturn");
    EXPECT_TRUE(query.empty());
    EXPECT_TRUE(query.onlyExcludes());
    EXPECT_THAT(query.excluded, ElementsAre("\"saturn\""));
    EXPECT_FALSE(parse("-saturn rings").onlyExcludes());
    EXPECT_FALSE(parse("-saturn ext:pdf").onlyExcludes());
    EXPECT_FALSE(parse("\"-Werror\"").onlyExcludes()) << "in quotation marks it is looked for";
    EXPECT_FALSE(parse("").onlyExcludes());
}

TEST(Parse, TakesFiltersOutOfTheWords) {
    const ParsedQuery query = parse("annual dir:reports -ext:md budget");
    EXPECT_THAT(textsOf(query), ElementsAre("annual", "budget"));
    EXPECT_EQ(query.plain, "annual budget");
    ASSERT_THAT(query.filters, SizeIs(2));
    EXPECT_EQ(query.filters[0], (Filter{Field::Folder, Sense::Include, "reports"}));
    EXPECT_EQ(query.filters[1], (Filter{Field::Ending, Sense::Exclude, "md"}));
    std::string many;
    while (many.size() < 4000) many += "ext:a" + std::to_string(many.size()) + " ";
    EXPECT_LE(parse(many).filters.size(), 16u);
}

TEST(Parse, FindsNeighboursAcrossFewStopWords) {
    EXPECT_THAT(neighboursOf(parse("state of the art machine and not of the moment")),
                ElementsAre("\"state of the art\"", "\"art machine\""));
}

TEST(Parse, MakesPairsOfChinese) {
    const ParsedQuery query = parse("黑豹队");
    EXPECT_THAT(textsOf(query), ElementsAre("黑豹", "豹队"));
}

TEST(Parse, FindsOtherLanguagesByTheirBeginnings) {
    EXPECT_EQ(parse("книги").terms.at(0).match, "\"книги\" OR \"книг\" *");
    EXPECT_EQ(parse("Versicherungen").terms.at(0).prefix, "") << "English by default";
    const ParsedQuery query = parse("Versicherungen", {Phrases::Required, Endings::Any});
    EXPECT_EQ(query.terms.at(0).prefix, "versicher");
}

TEST(Parse, IsEmptyWithoutWords) {
    for (const char* text : {"", "   ", "?!", "\"\"", "-", "- -\"\"", "😀 🎉", "***", "()", "\xFF\xFE"})
        EXPECT_TRUE(parse(text).empty()) << text;
}

TEST(Parse, IsBounded) {
    std::string long_query;
    while (long_query.size() < (1u << 20)) long_query += "word" + std::to_string(long_query.size()) + " ";
    const ParsedQuery query = parse(long_query);
    EXPECT_LE(query.terms.size(), 512u);
    EXPECT_LE(query.plain.size(), 16u * 1024);
    std::string quotes;
    while (quotes.size() < (1u << 16)) quotes += "\"a b\" -c ";
    EXPECT_LE(parse(quotes).required.size(), 16u);
    EXPECT_LE(parse(quotes).excluded.size(), 16u);
}

TEST(KeepRarest, KeepsAShortQueryWhole) {
    const ParsedQuery query = keepRarest(parse("alpha beta gamma"), {0, 5, 0}, 3);
    EXPECT_THAT(textsOf(query), ElementsAre("alpha", "beta", "gamma"));
    EXPECT_THAT(query.neighbours, SizeIs(2));
}

TEST(KeepRarest, KeepsTheRarestThatOccur) {
    const ParsedQuery query = keepRarest(parse("alpha beta gamma delta"), {9, 0, 1, 2}, 2);
    EXPECT_THAT(textsOf(query), ElementsAre("gamma", "delta"));
    EXPECT_THAT(neighboursOf(query), ElementsAre("\"gamma delta\""));
}

TEST(MatchExpression, JoinsAllParts) {
    EXPECT_EQ(matchExpression(parse("alpha beta")), "(\"alpha\" OR \"beta\")");
    EXPECT_EQ(matchExpression(parse("\"a b\" gamma -delta")),
              "(\"a b\" AND (\"a b\" OR \"gamma\")) NOT (\"delta\")");
    EXPECT_EQ(matchExpression(parse("")), "");
    EXPECT_EQ(anyOf({}), "");
    EXPECT_EQ(neighbourExpression(parse("alpha beta gamma")), "\"alpha beta\" OR \"beta gamma\"");
}

/// Whatever is typed, what comes out is an expression that FTS5 accepts.
TEST(MatchExpression, IsAlwaysValid) {
    test::SmallLibrary library;
    library.add({"/a.txt", "", {"alpha beta gamma"}});
    const std::vector<std::string> pieces{
        "\"", "-",  "*",    "(",  ")",  "NEAR", "AND", "OR",  "NOT", "alpha", "beta", ":", "^",
        "+",  "{",  "}",    "“",  "”",  " ",    "\n",  "\0x", "'",   "''",    "队",   "ท", "😀",
        ",",  "\\", "\xFF", "`x", "a*", "-\"",  "?",   ".",   "1",   "é",     "книги"};
    std::mt19937 random(7);
    for (int i = 0; i < 3000; ++i) {
        std::string text;
        for (std::size_t n = random() % 12; n > 0; --n)
            text += pieces[random() % pieces.size()] + (random() % 2 ? " " : "");
        const Endings endings = random() % 2 ? Endings::Any : Endings::English;
        for (const std::string& match : {matchExpression(parse(text, {Phrases::Required, endings})),
                                         neighbourExpression(parse(text)), anyOf(parse(text).excluded)}) {
            const auto hits = library.store().keyword(match, 5, {}, {});
            ASSERT_TRUE(hits) << text << "\n" << match << "\n" << hits.error().message();
        }
    }
}

}  // namespace
}  // namespace commonplace::retrieve
