#include "engine/chunk/units.h"

#include <gtest/gtest.h>

#include "tests/engine/chunk/sample.h"

namespace commonplace::chunk {
namespace {

std::vector<Unit> unitsIn(const document::ExtractedDocument& document) {
    return unitsOf(document, outlineOf(document), {});
}

TEST(Units, KnowTheirPageTheirHeadingAndTheirBorder) {
    const auto document =
        test::documentFrom("=== page 1\nBefore.\n# A\nFirst. Second.\n=== page 2\nThird.\n");
    const std::vector<Unit> units = unitsIn(document);
    ASSERT_EQ(units.size(), 5u);
    EXPECT_EQ(units[0].heading, -1);
    EXPECT_EQ(units[0].border, Border::Paragraph);
    EXPECT_EQ(units[1].border, Border::Heading);
    EXPECT_EQ(document.pages[0].text.substr(units[1].begin, units[1].end - units[1].begin), "# A");
    EXPECT_EQ(units[2].border, Border::Paragraph);
    EXPECT_EQ(units[3].border, Border::Sentence);
    EXPECT_EQ(units[4].page, 1);
    EXPECT_EQ(units[4].heading, 0);
}

TEST(Units, RubbishMakesAnIsland) {
    const auto document =
        test::documentFrom("Before.\n\n" + std::string(300, '*') + "\n\nBehind.\n\n***\n\nNear.\n");
    const std::vector<Unit> units = unitsIn(document);
    ASSERT_EQ(units.size(), 3u);
    EXPECT_EQ(units[1].border, Border::Island);
    EXPECT_EQ(units[2].border, Border::Paragraph);
}

TEST(Units, AVeryLongPageIsReadInWindowsWithoutLoss) {
    test::WordSource source(5);
    document::ExtractedDocument document;
    document.pages.push_back({});
    std::string& text = document.pages[0].text;
    while (text.size() < 4'000'000) text += source.paragraph(90) + "\n\n";
    const std::size_t expected = base::words(text).size();
    std::size_t words = 0, at = 0;
    for (const Unit& unit : unitsIn(document)) {
        ASSERT_GE(unit.begin, at);
        ASSERT_EQ(base::trim(text.substr(at, unit.begin - at)), "");
        words += static_cast<std::size_t>(unit.words);
        at = unit.end;
    }
    EXPECT_EQ(words, expected);
}

}  // namespace
}  // namespace commonplace::chunk
