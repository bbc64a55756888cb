#include "engine/extract/html.h"

#include <gtest/gtest.h>

namespace commonplace::extract {
namespace {

std::string textOf(std::string_view page) {
    return htmlToText(page).text;
}

TEST(Html, BlocksAreParagraphsAndWhiteSpaceCollapses) {
    EXPECT_EQ(textOf("<p>One\n  two <b>three</b>four<p>five<div>six<div>seven</div>eight</div>"),
              "One two threefour\n\nfive\n\nsix\n\nseven\n\neight");
}

TEST(Html, TitleAndHeadings) {
    const auto page = htmlToText("<title> My\n page </title><h2>Sub <em>x</em></h2><p>text<h1>Top</h1>");
    EXPECT_EQ(page.title, "My page");
    ASSERT_EQ(page.headings.size(), 2u);
    EXPECT_EQ(page.headings[0].level, 2);
    EXPECT_EQ(page.headings[0].text, "Sub x");
    EXPECT_EQ(page.text.substr(page.headings[1].begin, 3), "Top");
    EXPECT_EQ(htmlToText("<h1>Only</h1>").title, "Only");
}

TEST(Html, WhatNobodySeesIsLeftOut) {
    EXPECT_EQ(
        textOf("<style>p{}</style><script>x()</script><nav>Home</nav><div role=navigation>Menu</div>"
               "<p hidden>a</p><p style='color:red; display : none'>b</p><noscript>c</noscript><!-- d -->"
               "<template><p>e</p></template><svg><text>f</text></svg><select><option>g</select><p>seen"),
        "seen");
    EXPECT_EQ(textOf("<body style='visibility:hidden'><p>shown by a script</body>"), "shown by a script");
}

TEST(Html, HiddenBlocksStillSeparate) {
    EXPECT_EQ(textOf("one<p hidden>x</p>two"), "one\n\ntwo");
}

TEST(Html, ListsAndBreaks) {
    EXPECT_EQ(textOf("<ul><li>a<li>b<ul><li>c</ul></ul><ol><li>d<li>e</ol>f<br>g"),
              "- a\n- b\n  - c\n\n1. d\n2. e\n\nf\ng");
    EXPECT_EQ(textOf("<dl><dt>Term<dd>Meaning</dl>"), "Term\nMeaning");
}

TEST(Html, TablesKeepTheirRows) {
    EXPECT_EQ(
        textOf(
            "<table><caption>Cap</caption><tr><th>A<th>B<tr><td><p>1</p><td>2<br>3<tr><td><td></table>end"),
        "Cap\n\nA | B\n1 | 2 3\n\nend");
}

TEST(Html, TablesThatArrangeAPageDoNot) {
    EXPECT_EQ(textOf("<table><tr><td><h2>Left</h2><p>x<td><table><tr><td>1<td>2</table></table>"),
              "Left\n\nx\n\n1 | 2");
}

TEST(Html, PreformattedTextKeepsItsShape) {
    EXPECT_EQ(textOf("<p>a</p><pre>\n  x\n    y  z\n</pre>b"), "a\n\n  x\n    y  z\n\nb");
}

TEST(Html, EntitiesPicturesAndScripts) {
    EXPECT_EQ(textOf("caf&eacute; &lt;b&gt; 10<sup>2</sup> <img src=x alt='a picture'>end"),
              "café <b> 10² a picture end");
}

TEST(Html, AnythingIsAPage) {
    EXPECT_EQ(textOf(""), "");
    EXPECT_EQ(textOf("just text"), "just text");
    EXPECT_EQ(textOf("<p>unclosed <b>tags"), "unclosed tags");
    EXPECT_EQ(textOf("</p></div><table>x</table>"), "x");
}

TEST(Html, DeepNestingNeitherRecursesNorLosesText) {
    std::string deep;
    for (int i = 0; i < 5'000; ++i) deep += "<div>";
    EXPECT_EQ(textOf(deep + "x"), "x");
}

TEST(DeclaredEncoding, ReadsMetaAndXml) {
    EXPECT_EQ(declaredEncoding("<meta charset=\"Windows-1251\">"), "windows-1251");
    EXPECT_EQ(declaredEncoding("<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>"),
              "koi8-r");
    EXPECT_EQ(declaredEncoding("<?xml version='1.0' encoding='ISO-8859-2'?><html>"), "iso-8859-2");
    EXPECT_EQ(declaredEncoding("<html>"), "");
    EXPECT_EQ(declaredEncoding("<meta charset=utf-16>"), "") << "who could read this was not reading UTF-16";
    EXPECT_EQ(declaredEncoding("charset"), "");
    EXPECT_EQ(declaredEncoding("charset=\""), "");
}

TEST(DecodeEntity, KnowsNamesAndNumbers) {
    EXPECT_EQ(decodeEntity("&amp;"), "&");
    EXPECT_EQ(decodeEntity("&#233;"), "é");
    EXPECT_EQ(decodeEntity("&nbsp;"), "\xC2\xA0");
    EXPECT_EQ(decodeEntity("&nosuch;"), "&nosuch;");
}

}  // namespace
}  // namespace commonplace::extract
