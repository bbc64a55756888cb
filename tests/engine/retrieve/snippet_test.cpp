#include "engine/retrieve/snippet.h"

#include <gtest/gtest.h>

#include <random>

#include "engine/base/text.h"

namespace commonplace::retrieve {
namespace {

TermMatcher matcherFor(const std::string& query) {
    const ParsedQuery parsed = parse(query);
    return TermMatcher(parsed, std::vector<double>(parsed.terms.size(), 2.0));
}

Snippet snippetOf(const std::string& text, const std::string& query, std::size_t words = 40) {
    return bestSnippet(text, {0, text.size()}, matcherFor(query), words);
}

std::vector<std::string> marksOf(const Snippet& snippet) {
    std::vector<std::string> marks;
    for (const base::Range& mark : snippet.marks)
        marks.push_back(snippet.text.substr(mark.begin, mark.size()));
    return marks;
}

using Words = std::vector<std::string>;

TEST(Snippet, IsTheWholeOfAShortText) {
    const Snippet snippet = snippetOf("  The plan\n covers  bills. ", "bill");
    EXPECT_EQ(snippet.text, "The plan covers bills.");
    EXPECT_EQ(marksOf(snippet), Words{"bills"});
}

TEST(Snippet, PrefersTheWindowWithMoreAndRarerWords) {
    std::string text = "One bill here. ";
    for (int i = 0; i < 60; ++i) text += "Filler word again. ";
    text += "The balance of the bill is due. ";
    for (int i = 0; i < 60; ++i) text += "Filler word again. ";
    const Snippet snippet = snippetOf(text, "balance bill", 12);
    EXPECT_TRUE(snippet.text.starts_with("The balance of the bill is due.")) << snippet.text;
    EXPECT_EQ(marksOf(snippet), (Words{"balance", "bill"}));
}

TEST(Snippet, StartsWithASentenceWhenItCan) {
    const Snippet snippet = snippetOf(
        "Nothing here at all. Second sentence has the needle inside it. More follows.", "needle", 8);
    EXPECT_EQ(snippet.text, "Second sentence has the needle inside it. More");
}

TEST(Snippet, CutsALongSentenceNearTheMatch) {
    std::string text;
    for (int i = 0; i < 100; ++i) text += "word" + std::to_string(i) + " ";
    const Snippet snippet = snippetOf(text + "needle tail", "needle", 20);
    EXPECT_TRUE(snippet.text.find("needle") != std::string::npos) << snippet.text;
    EXPECT_EQ(marksOf(snippet), Words{"needle"});
}

TEST(Snippet, KeepsPunctuationThatIsGluedToIt) {
    EXPECT_EQ(snippetOf("(\u201CThe needle,\u201D he said.)", "needle").text,
              "(\u201CThe needle,\u201D he said.)");
}

TEST(Snippet, FindsWordsBrokenAtALineEndAndLigatures) {
    const Snippet snippet = snippetOf("The insur-\nance bene\uFB01ts apply.", "insurance benefits");
    EXPECT_EQ(snippet.text, "The insur- ance bene\uFB01ts apply.");
    EXPECT_EQ(marksOf(snippet), (Words{"insur- ance", "bene\uFB01ts"}));
}

TEST(Snippet, JoinsOverlappingMarks) {
    EXPECT_EQ(marksOf(snippetOf("卡罗来纳黑豹队赢了", "黑豹队")), Words{"黑豹队"});
}

TEST(Snippet, StaysInItsSpan) {
    const std::string text = "Outside needle. Inside words only. Outside needle.";
    const Snippet snippet = bestSnippet(text, {16, 34}, matcherFor("needle"));
    EXPECT_EQ(snippet.text, "Inside words only.");
    EXPECT_TRUE(snippet.marks.empty());
}

TEST(Snippet, BearsOddSpansAndTexts) {
    EXPECT_EQ(bestSnippet("short", {100, 200}, matcherFor("short")).text, "");
    EXPECT_EQ(bestSnippet("short", {0, 9999}, matcherFor("short")).text, "short");
    EXPECT_EQ(snippetOf("", "x").text, "");
    EXPECT_EQ(snippetOf(" \n\t ", "x").text, "");
    EXPECT_EQ(snippetOf("... !!! ---", "x").text, "");
}

TEST(Snippet, IsBoundedInBytes) {
    EXPECT_LE(snippetOf(std::string(1 << 20, 'a'), "a").text.size(), 1200u);
    std::string text;
    for (int i = 0; i < 60; ++i) text += std::string(100, static_cast<char>('a' + i % 26)) + ' ';
    EXPECT_LE(snippetOf(text, "a").text.size(), 1200u);
}

/// The promise of the header, on texts with everything that cleaning touches.
TEST(Snippet, StandsOnItsPageWordForWord) {
    const Words pieces{"needle", "hay",     "insur-\nance", "bene\uFB01t", "so\u00ADft", "\n\n",
                       "\t",     "\u00A0",  "\u3000",       "3.5",         "10-K",       "don\u2019t",
                       "(see",   "below).", "End.",         "黑豹队",      "ประเทศไทย",  "हिन्दी",
                       "é",      "e\u0301", "-\n",          "—",           "\f",         "😀"};
    std::mt19937 random(11);
    for (int i = 0; i < 400; ++i) {
        std::string text;
        for (std::size_t n = random() % 200; n > 0; --n)
            text += pieces[random() % pieces.size()] + (random() % 5 ? " " : "");
        const Snippet snippet = snippetOf(text, "needle benefit 黑豹队 insurance", 5 + random() % 40);
        EXPECT_NE(base::collapseSpace(text).find(snippet.text), std::string::npos) << text << "\n---\n"
                                                                                   << snippet.text;
        std::size_t last = 0;
        for (const base::Range& mark : snippet.marks) {
            EXPECT_GE(mark.begin, last);
            EXPECT_LT(mark.begin, mark.end);
            EXPECT_LE(mark.end, snippet.text.size());
            last = mark.end;
        }
        EXPECT_TRUE(base::isValidUtf8(snippet.text));
    }
}

}  // namespace
}  // namespace commonplace::retrieve
