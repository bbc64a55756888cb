#include "engine/extract/text_builder.h"

#include <gtest/gtest.h>

namespace commonplace::extract {
namespace {

TEST(TextBuilder, WritesTheStrongestBreakOnce) {
    TextBuilder out;
    out.block();
    out.text("a");
    out.space();
    out.line();
    out.block();
    out.line();
    out.text("b");
    out.line();
    out.text("c");
    out.space();
    out.text("d");
    out.block();
    EXPECT_EQ(out.finish("").text, "a\n\nb\nc d");
}

TEST(TextBuilder, CollapsesWhiteSpaceAcrossPieces) {
    TextBuilder out;
    out.collapsedText("  one \n");
    out.collapsedText("\t two");
    out.collapsedText("three ");
    out.text("!");
    EXPECT_EQ(out.finish("").text, "one twothree !");
}

TEST(TextBuilder, HeadingOffsetsPointAtTheirText) {
    TextBuilder out;
    out.text("intro");
    out.beginHeading(2);
    out.text("Über");
    out.line();  // inside a heading a break is a space
    out.text("uns");
    out.endHeading();
    out.text("body");
    const StructuredText result = out.finish("");
    EXPECT_EQ(result.text, "intro\n\nÜber uns\n\nbody");
    ASSERT_EQ(result.headings.size(), 1u);
    EXPECT_EQ(result.headings[0].level, 2);
    EXPECT_EQ(result.headings[0].text, "Über uns");
    EXPECT_EQ(result.text.substr(result.headings[0].begin, 9), "Über uns");
    EXPECT_EQ(result.title, "Über uns") << "the first heading is the title of who has none";
}

TEST(TextBuilder, AnEmptyHeadingIsNone) {
    TextBuilder out;
    out.beginHeading(1);
    out.endHeading();
    out.text("body");
    const StructuredText result = out.finish("Given");
    EXPECT_TRUE(result.headings.empty());
    EXPECT_EQ(result.text, "body");
    EXPECT_EQ(result.title, "Given");
}

TEST(TextBuilder, RowsKeepEmptyCellsAndDropEmptyRows) {
    TextBuilder out;
    const auto row = [&](std::initializer_list<const char*> cells) {
        out.beginRow(RowRole::Body);
        for (const char* cell : cells) {
            out.beginCell();
            out.collapsedText(cell);
            out.endCell();
        }
        out.endRow();
    };
    out.text("before");
    out.block();
    row({"", "", ""});
    row({"a", "", "c"});
    row({"", ""});
    row({"", "d e"});
    out.block();
    out.text("after");
    EXPECT_EQ(out.finish("").text, "before\n\na |  | c\n | d e\n\nafter");
}

TEST(TextBuilder, MarkersWaitForText) {
    TextBuilder out;
    out.marker("- ");
    out.dropMarker();
    out.line();
    out.marker("- ");
    out.block();
    out.text("item");
    EXPECT_EQ(out.finish("").text, "- item");
}

TEST(TextBuilder, AppendedPiecesMoveTheirHeadings) {
    TextBuilder out;
    out.text("a");
    out.append({"", "Head\n\nbody", {{0, 0, 3, "Head"}}, {}});
    out.append({});
    out.text("z");
    const StructuredText result = out.finish("");
    EXPECT_EQ(result.text, "a\n\nHead\n\nbody\n\nz");
    ASSERT_EQ(result.headings.size(), 1u);
    EXPECT_EQ(result.headings[0].begin, 3u);
}

TEST(TextBuilder, CutTakesHeadingsAlong) {
    TextBuilder out;
    out.text("keep");
    const std::size_t here = out.size();
    out.beginHeading(1);
    out.text("gone");
    out.endHeading();
    out.cutTo(here);
    const StructuredText result = out.finish("");
    EXPECT_EQ(result.text, "keep");
    EXPECT_TRUE(result.headings.empty());
}

}  // namespace
}  // namespace commonplace::extract
