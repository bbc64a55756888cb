#include "engine/extract/structured_text.h"

#include <gtest/gtest.h>

#include "tests/engine/extract/recorded_sink.h"

namespace commonplace::extract {
namespace {

using document::Status;

TEST(CleanText, UnifiesLineEndsAndDropsControls) {
    EXPECT_EQ(cleanText("a\r\nb\rc\nd\fe\vf"), "a\nb\nc\nd\ne\nf");
    EXPECT_EQ(cleanText("a\x01\x02\tb\x7F"), "a\tb");
    EXPECT_EQ(cleanText(std::string_view("a\0b", 3)), "ab");
    EXPECT_EQ(cleanText("\xEF\xBB\xBFtext"), "text");
    EXPECT_EQ(cleanText("\r\n\r\n"), "\n\n");
    EXPECT_EQ(cleanText("bad \xFF byte"), "bad \xEF\xBF\xBD byte");
}

TEST(CleanText, LeavesGoodTextAlone) {
    for (const char* text : {"", "plain\n\ttext", "Füße 日本語 \xEF\xBC\xA1 😀", "ends\n"})
        EXPECT_EQ(cleanText(text), text);
}

TEST(OneLine, CollapsesAndCuts) {
    EXPECT_EQ(oneLine("  a \n\n b\t", 100), "a b");
    EXPECT_EQ(oneLine("ééé", 5), "éé");
    EXPECT_EQ(oneLine("word word", 5), "word");
}

TEST(Deliver, GivesThePageThenItsHeadings) {
    RecordedSink sink;
    const Verdict verdict = deliver({"Title", "Head\n\nBody", {{0, 0, 1, "Head"}}, {}}, sink);
    EXPECT_EQ(verdict.status, Status::Indexed);
    EXPECT_EQ(verdict.reason, "");
    EXPECT_EQ(verdict.title, "Title");
    EXPECT_EQ(verdict.pagesWithoutText, 0);
    ASSERT_EQ(sink.pages.size(), 1u);
    EXPECT_EQ(sink.pages[0].number, 0);
    EXPECT_EQ(sink.pages[0].text, "Head\n\nBody");
    ASSERT_EQ(sink.headings.size(), 1u);
}

TEST(Deliver, WhiteSpaceIsNoText) {
    RecordedSink sink;
    const Verdict verdict = deliver({"", " \n\t\n", {}, {}}, sink);
    EXPECT_EQ(verdict.status, Status::NoText);
    EXPECT_NE(verdict.reason, "");
    EXPECT_EQ(verdict.pagesWithoutText, 1);
    EXPECT_EQ(sink.pages.size(), 1u);
}

}  // namespace
}  // namespace commonplace::extract
