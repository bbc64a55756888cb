#include "engine/extract/markdown.h"

#include <gtest/gtest.h>

namespace commonplace::extract {
namespace {

std::string textOf(std::string_view note) {
    return markdownToText(note).text;
}

TEST(Markdown, ParagraphsAreSeparatedAndLinesKept) {
    EXPECT_EQ(textOf("One\ntwo  \nthree\n\n\nFour"), "One\ntwo\nthree\n\nFour");
}

TEST(Markdown, MarksGoAndWordsStay) {
    EXPECT_EQ(textOf("*a* **b** `c*d` ~~e~~ [f](g) ![h](i.png) <http://j.k> \\*l\\*"),
              "a b c*d e f h http://j.k *l*");
}

TEST(Markdown, HeadingsHaveOffsetsAndTheFirstIsTheTitle) {
    const auto result = markdownToText("# The `first`\n\ntext\n\nSecond\n---\n");
    EXPECT_EQ(result.title, "The first");
    ASSERT_EQ(result.headings.size(), 2u);
    EXPECT_EQ(result.headings[1].level, 2);
    EXPECT_EQ(result.text.substr(result.headings[1].begin), "Second");
}

TEST(Markdown, WikiLinksShowWhatTheReaderSees) {
    EXPECT_EQ(textOf("[[Target|shown]] [[Plain]] ![[embedded]]"), "shown Plain embedded");
    EXPECT_EQ(textOf("| a |\n|---|\n| [[x\\|y]] |"), "a\ny");
    EXPECT_EQ(textOf("```\n![[code]]\n```"), "![[code]]");
}

TEST(Markdown, CodeIsKeptAsWritten) {
    EXPECT_EQ(textOf("```cpp\nint  x;\n\n    y *= 2;\n```"), "int  x;\n\n    y *= 2;");
    EXPECT_EQ(textOf("text\n\n    indented  code\n"), "text\n\nindented  code");
}

TEST(Markdown, EntitiesAndSuperscripts) {
    EXPECT_EQ(textOf("a &amp; b &eacute; &#x20AC; &bogus;"), "a & b é € &bogus;");
    EXPECT_EQ(textOf("10<sup>2</sup> and 5<sup>th</sup>, H<sub>2</sub>O<br>end"), "10² and 5th, H₂O\nend");
}

TEST(Markdown, PricesAreNoFormulas) {
    EXPECT_EQ(textOf("It is $5 and $10, not $x$."), "It is $5 and $10, not $x$.");
}

TEST(Markdown, RawHtmlLeavesItsText) {
    const auto result =
        markdownToText("<div align=center>\n<h1>Logo</h1>\n<script>no()</script>\n</div>\n\nText <b>x</b>");
    EXPECT_EQ(result.text, "Logo\n\nText x");
    ASSERT_EQ(result.headings.size(), 1u);
    EXPECT_EQ(result.headings[0].text, "Logo");
}

TEST(Markdown, FrontMatterTitleTravelsAsAHeading) {
    const auto result = markdownToText("---\ntitle: Plan\ntags: [x]\n---\n\nBody");
    EXPECT_EQ(result.title, "Plan");
    EXPECT_EQ(result.text, "Plan\n\nTags: x\n\nBody");
    ASSERT_EQ(result.headings.size(), 1u);
    EXPECT_EQ(textOf("---\ntitle: Plan\n---\n# Plan\n\nBody"), "Plan\n\nBody") << "not twice";
}

TEST(Markdown, ObsidianCommentsGo) {
    EXPECT_EQ(textOf("a\n\n%% hidden %%\n\n50%% more\n\n%% not %% all %%"),
              "a\n\n50%% more\n\n%% not %% all %%");
}

TEST(Markdown, EveryHeadingPointsAtItsOwnText) {
    const auto result = markdownToText(
        "Intro\n\n- # in a list\n\n> ## quoted\n\n### *Emph* [[a|b]] &amp; c\n\n| # no |\n|---|\n\n<h2>html "
        "<i>x</i></h2>\n");
    ASSERT_EQ(result.headings.size(), 4u);
    for (const auto& heading : result.headings)
        EXPECT_EQ(result.text.substr(heading.begin, heading.text.size()), heading.text);
}

TEST(Markdown, DeepNestingIsNoHarm) {
    EXPECT_EQ(textOf(std::string(20'000, '>') + " x").find_first_not_of("> x"), std::string::npos);
    EXPECT_FALSE(textOf(std::string(20'000, '[')).empty());
}

}  // namespace
}  // namespace commonplace::extract
