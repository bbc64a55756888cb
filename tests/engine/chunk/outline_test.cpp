#include "engine/chunk/outline.h"

#include <gtest/gtest.h>

#include "tests/engine/chunk/sample.h"

namespace commonplace::chunk {
namespace {

std::vector<std::string> pathsOf(const document::ExtractedDocument& document) {
    std::vector<std::string> paths;
    for (const OutlineEntry& entry : outlineOf(document)) paths.push_back(entry.path);
    return paths;
}

TEST(Outline, PathsFollowTheLevels) {
    const auto document = test::documentFrom("# A\nx\n## B\n#### C\n## D\n# E\n");
    EXPECT_EQ(pathsOf(document), (std::vector<std::string>{"A", "A › B", "A › B › C", "A › D", "E"}));
}

TEST(Outline, AnEntryIsTheWholeLineWithItsMarkup) {
    const auto document = test::documentFrom("text\n## Brakes and  gears\nmore\n");
    const OutlineEntry entry = outlineOf(document).at(0);
    EXPECT_EQ(document.pages[0].text.substr(entry.begin, entry.end - entry.begin), "## Brakes and  gears");
    EXPECT_EQ(entry.path, "Brakes and gears");
}

TEST(Outline, AHeadingInsideALineBeginsThere) {
    auto document = test::documentFrom("Chapter one begins\n");
    document.headings.push_back({0, 8, 1, "one begins"});
    EXPECT_EQ(outlineOf(document).at(0).begin, 8u);
}

TEST(Outline, NonsenseIsLeftOutOrPutInOrder) {
    auto document = test::documentFrom("# A\n# B\n");
    document.headings.push_back({7, 0, 1, "no such page"});
    document.headings.push_back({-1, 0, 1, "no such page"});
    document.headings.push_back({0, 999, 1, "no such place"});
    std::swap(document.headings[0], document.headings[1]);
    document.headings[0].level = 99;
    EXPECT_EQ(pathsOf(document), (std::vector<std::string>{"A", "A › B"}));
}

TEST(Outline, LongTitlesAreClipped) {
    auto document = test::documentFrom("# A\n");
    document.headings[0].text = std::string(10'000, 'x');
    EXPECT_LE(outlineOf(document).at(0).path.size(), 200u);
}

}  // namespace
}  // namespace commonplace::chunk
