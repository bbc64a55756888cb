#include <gtest/gtest.h>

#include "engine/base/text.h"

namespace commonplace::base {
namespace {

// Pairs from the paper (Porter 1980) and from SQLite's own test of its porter tokenizer.
TEST(Stem, IsPorters) {
    EXPECT_EQ(stem("caresses"), "caress");
    EXPECT_EQ(stem("ponies"), "poni");
    EXPECT_EQ(stem("relational"), "relat");
    EXPECT_EQ(stem("generalizations"), "gener");
    EXPECT_EQ(stem("oscillators"), "oscil");
    EXPECT_EQ(stem("running"), stem("runs"));
}

TEST(Stem, LeavesOtherWordsAlone) {
    EXPECT_EQ(stem(""), "");
    EXPECT_EQ(stem("as"), "as");
    EXPECT_EQ(stem("größen"), "größen");
    EXPECT_EQ(stem("2019s"), "2019s");
    EXPECT_EQ(stem("東京"), "東京");
    EXPECT_EQ(stem(std::string(100, 's')), std::string(100, 's'));
}

}  // namespace
}  // namespace commonplace::base
