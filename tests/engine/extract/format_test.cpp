#include <gtest/gtest.h>

#include "engine/extract/extractor.h"

namespace commonplace::extract {
namespace {

using document::Format;

TEST(FormatOf, KnowsExtensionsInAnyCase) {
    EXPECT_EQ(formatOf("a/b.pdf"), Format::Pdf);
    EXPECT_EQ(formatOf("REPORT.PDF"), Format::Pdf);
    EXPECT_EQ(formatOf("note.Md"), Format::Markdown);
    EXPECT_EQ(formatOf("index.htm"), Format::Html);
    EXPECT_EQ(formatOf("log.2024.txt"), Format::Text);
    EXPECT_EQ(formatOf("engine/main.cpp"), Format::Text);
}

TEST(FormatOf, KnowsNamesWithoutExtension) {
    EXPECT_EQ(formatOf("src/README"), Format::Text);
    EXPECT_EQ(formatOf("Makefile"), Format::Text);
}

TEST(FormatOf, LeavesTheRestUnknown) {
    for (const char* name :
         {"picture.png", "data.json", "archive.tar.gz", "program", ".bashrc", "trailing.", "", "md"})
        EXPECT_EQ(formatOf(name), Format::Unknown) << name;
}

TEST(FormatOf, TakesNamesThatAreNoUtf8) {
    EXPECT_EQ(formatOf("caf\xE9.pdf"), Format::Pdf);
}

}  // namespace
}  // namespace commonplace::extract
