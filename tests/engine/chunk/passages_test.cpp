#include <gtest/gtest.h>

#include "engine/chunk/packing.h"

namespace commonplace::chunk {
namespace {

/// "repeated+own" words of each passage.
std::vector<std::string> shapes(const std::vector<Unit>& units) {
    const Options options;
    const std::vector<SegmentPlan> segments = segmentsOf(units, options);
    std::vector<std::string> shown;
    for (const PassagePlan& passage : passagesOf(units, segments, options)) {
        int repeated = 0, own = 0;
        for (std::size_t i = passage.repeated.begin; i < passage.repeated.end; ++i)
            repeated += units[i].words;
        for (std::size_t i = passage.segments.begin; i < passage.segments.end; ++i) own += segments[i].words;
        shown.push_back(std::to_string(repeated) + "+" + std::to_string(own));
    }
    return shown;
}

std::vector<Unit> sentences(int count, int words, int page = 0, Border first = Border::Paragraph) {
    std::vector<Unit> units(static_cast<std::size_t>(count), Unit{.page = page, .words = words});
    units[0].border = first;
    return units;
}

std::vector<Unit> operator+(std::vector<Unit> left, const std::vector<Unit>& right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

using Shapes = std::vector<std::string>;

TEST(Passages, ARemainderIsSharedNotLeftAlone) {
    EXPECT_EQ(shapes(sentences(10, 20)), (Shapes{"0+200"}));
    EXPECT_EQ(shapes(sentences(23, 10)), (Shapes{"0+230"}));
    EXPECT_EQ(shapes(sentences(30, 10)), (Shapes{"0+160", "30+140"}));
    for (const std::string& shape : shapes(sentences(60, 10))) EXPECT_NE(shape, "0+200");
}

TEST(Passages, OverlapIsWholeSentences) {
    EXPECT_EQ(shapes(sentences(20, 20)).at(1).substr(0, 3), "40+");
    EXPECT_EQ(shapes(sentences(8, 70)).at(1).substr(0, 2), "0+");  // a sentence of 70 words is too much
}

TEST(Passages, AHeadingStartsAChunkWhenTheOneBeforeIsLongEnough) {
    EXPECT_EQ(shapes(sentences(3, 20) + sentences(4, 20, 0, Border::Heading)), (Shapes{"0+60", "0+80"}));
    EXPECT_EQ(shapes(sentences(2, 20) + sentences(4, 20, 0, Border::Heading)), (Shapes{"0+120"}));
}

TEST(Passages, AChunkCoversAtMostTwoPages) {
    EXPECT_EQ(shapes(sentences(5, 20) + sentences(5, 20, 1)), (Shapes{"0+100", "40+100"}));
    EXPECT_EQ(shapes(sentences(2, 10) + sentences(2, 10, 1) + sentences(5, 20, 2)),
              (Shapes{"0+40", "20+100"}));
    EXPECT_EQ(shapes(sentences(2, 10) + sentences(2, 10, 2)),
              (Shapes{"0+20", "0+20"}));  // an empty page between
}

TEST(Passages, NothingIsSharedAcrossAnIsland) {
    EXPECT_EQ(shapes(sentences(5, 20) + sentences(5, 20, 0, Border::Island)), (Shapes{"0+100", "0+100"}));
}

TEST(Passages, NoChunkBeginsInsideASentence) {
    std::vector<Unit> units = sentences(12, 75);
    for (std::size_t i = 0; i < units.size(); ++i)
        units[i].border = i % 2 == 1 ? Border::Within : Border::Sentence;
    const std::vector<SegmentPlan> segments = segmentsOf(units, {});
    for (const PassagePlan& passage : passagesOf(units, segments, {}))
        EXPECT_NE(units[segments[passage.segments.begin].units.begin].border, Border::Within);
}

}  // namespace
}  // namespace commonplace::chunk
