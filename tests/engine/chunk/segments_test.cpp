#include <gtest/gtest.h>

#include "engine/chunk/packing.h"

namespace commonplace::chunk {
namespace {

Unit unit(int words, Border border = Border::Sentence, int page = 0) {
    return {.page = page, .words = words, .border = border};
}

std::vector<int> sizes(const std::vector<Unit>& units) {
    std::vector<int> words;
    for (const SegmentPlan& segment : segmentsOf(units, {})) words.push_back(segment.words);
    return words;
}

using Sizes = std::vector<int>;

TEST(Segments, AreEvenAndAtMostEightyWords) {
    EXPECT_EQ(sizes({unit(30), unit(30), unit(30)}), (Sizes{60, 30}));
    EXPECT_EQ(sizes({unit(25), unit(25), unit(25), unit(25)}), (Sizes{50, 50}));
    EXPECT_EQ(sizes({unit(50), unit(50), unit(50)}), (Sizes{50, 50, 50}));
    EXPECT_EQ(sizes({unit(80)}), (Sizes{80}));
    EXPECT_EQ(sizes({}), (Sizes{}));
}

TEST(Segments, StartAnewAtParagraphsWhenLongEnough) {
    EXPECT_EQ(sizes({unit(45), unit(20, Border::Paragraph)}), (Sizes{45, 20}));
    EXPECT_EQ(sizes({unit(10), unit(20, Border::Paragraph), unit(20, Border::Paragraph)}), (Sizes{50}));
}

TEST(Segments, StartAnewAtPagesAlways) {
    EXPECT_EQ(sizes({unit(5), unit(60, Border::Paragraph, 1)}), (Sizes{5, 60}));
}

TEST(Segments, HeadingsAndIslandsSeparate) {
    EXPECT_EQ(sizes({unit(30), unit(3, Border::Heading), unit(20)}), (Sizes{30, 23}));
    EXPECT_EQ(sizes({unit(10), unit(3, Border::Heading), unit(20)}), (Sizes{10, 23}));
    EXPECT_EQ(sizes({unit(10, Border::Heading), unit(3, Border::Heading), unit(20)}), (Sizes{33}));
    EXPECT_EQ(sizes({unit(5), unit(5, Border::Island)}), (Sizes{5, 5}));
}

TEST(Segments, APageNumberJoinsTheSegmentBefore) {
    EXPECT_EQ(sizes({unit(50), unit(1, Border::Paragraph)}), (Sizes{51}));
    EXPECT_EQ(sizes({unit(80), unit(1, Border::Paragraph)}), (Sizes{80, 1}));
    EXPECT_EQ(sizes({unit(50), unit(1, Border::Heading)}), (Sizes{50, 1}));
}

TEST(Segments, KnowWhereAChunkMayBegin) {
    const std::vector<SegmentPlan> segments = segmentsOf({unit(70), unit(70, Border::Within), unit(70)}, {});
    ASSERT_EQ(segments.size(), 3u);
    EXPECT_TRUE(segments[0].mayBeginChunk);
    EXPECT_FALSE(segments[1].mayBeginChunk);
    EXPECT_TRUE(segments[2].mayBeginChunk);
}

}  // namespace
}  // namespace commonplace::chunk
