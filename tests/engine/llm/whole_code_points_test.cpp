#include "engine/llm/whole_code_points.h"

#include <gtest/gtest.h>

#include <random>

#include "engine/base/text.h"

namespace commonplace::llm {
namespace {

TEST(WholeCodePoints, HoldsBackWhatIsUnfinished) {
    WholeCodePoints whole;
    EXPECT_EQ(whole.push("a\xE4"), "a");
    EXPECT_EQ(whole.push("\xBD"), "");
    EXPECT_EQ(whole.push("\xA0z"), "你z");
    EXPECT_EQ(whole.finish(), "");
}

TEST(WholeCodePoints, AnyCutGivesTheSameText) {
    const std::string text = "aß你😀e\u0301 ﷽";
    for (std::size_t cut = 0; cut <= text.size(); ++cut)
        for (std::size_t second = cut; second <= text.size(); ++second) {
            WholeCodePoints whole;
            std::string out;
            for (const std::string& part :
                 {text.substr(0, cut), text.substr(cut, second - cut), text.substr(second)}) {
                const std::string piece = whole.push(part);
                EXPECT_TRUE(base::isValidUtf8(piece));
                out += piece;
            }
            ASSERT_EQ(out + whole.finish(), text);
        }
}

TEST(WholeCodePoints, BadBytesAreRepairedAtOnce) {
    WholeCodePoints whole;
    EXPECT_EQ(whole.push("a\xFFz"), "a\uFFFDz");
    EXPECT_EQ(whole.push("\x80\x80\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");
    EXPECT_EQ(whole.push("\xF5"), "\uFFFD");
}

TEST(WholeCodePoints, AnUnfinishedEndIsMarked) {
    WholeCodePoints whole;
    EXPECT_EQ(whole.push("a\xE4"), "a");
    EXPECT_EQ(whole.finish(), "\uFFFD");
}

TEST(WholeCodePoints, RandomBytesAreAlwaysValidAndNeverHeldForLong) {
    std::mt19937 random(7);
    for (int round = 0; round < 2000; ++round) {
        WholeCodePoints whole;
        std::string bytes;
        std::string out;
        for (int i = 0; i < 20; ++i) {
            bytes += static_cast<char>(random() % 3 ? 0x80 + random() % 0x80 : 'a');
            out += whole.push(bytes.substr(bytes.size() - 1));
            ASSERT_TRUE(base::isValidUtf8(out));
        }
        EXPECT_EQ(out + whole.finish(), base::repairUtf8(bytes));
    }
}

}  // namespace
}  // namespace commonplace::llm
