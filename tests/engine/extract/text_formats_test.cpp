#include "engine/extract/text_formats.h"

#include <gtest/gtest.h>

#include "tests/engine/extract/recorded_sink.h"

namespace commonplace::extract {
namespace {

using document::Status;

TEST(TextFormats, PlainTextIsOnePage) {
    RecordedSink sink;
    const Verdict verdict = readPlainText("line one\r\nline two\r\n", sink);
    EXPECT_EQ(verdict.status, Status::Indexed);
    ASSERT_EQ(sink.pages.size(), 1u);
    EXPECT_EQ(sink.pages[0].text, "line one\nline two\n");
    EXPECT_EQ(verdict.title, "");
}

TEST(TextFormats, BinaryDataIsUnsupportedWhateverItsName) {
    std::string bytes;
    for (int i = 0; i < 4096; ++i) bytes += static_cast<char>(i * 37);
    for (const auto read : {readPlainText, readMarkdown, readHtml}) {
        RecordedSink sink;
        const Verdict verdict = read(bytes, sink);
        EXPECT_EQ(verdict.status, Status::Unsupported);
        EXPECT_NE(verdict.reason.find("binary"), std::string::npos);
        EXPECT_TRUE(sink.pages.empty());
    }
}

TEST(TextFormats, UndecodableBytesAreReported) {
    RecordedSink sink;
    const Verdict verdict = readPlainText("é é é é é é é é é é é é é é é é é é é é é é \xFF", sink);
    EXPECT_EQ(verdict.status, Status::Partial);
    EXPECT_EQ(verdict.reason, "1 place could not be decoded and is shown as \xEF\xBF\xBD");
}

TEST(TextFormats, HtmlBelievesItsDeclaration) {
    RecordedSink sink;
    readHtml("<meta charset=windows-1251><p>\xEC\xE8\xF0</p>", sink);
    ASSERT_EQ(sink.pages.size(), 1u);
    EXPECT_EQ(sink.pages[0].text, "мир");
}

TEST(TextFormats, MarkdownGivesHeadings) {
    RecordedSink sink;
    const Verdict verdict = readMarkdown("# Head\n\ntext", sink);
    EXPECT_EQ(verdict.title, "Head");
    ASSERT_EQ(sink.headings.size(), 1u);
}

}  // namespace
}  // namespace commonplace::extract
