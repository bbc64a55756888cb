#include "engine/net/plain_line.h"

#include <gtest/gtest.h>

#include "engine/base/text.h"

namespace commonplace::net {
namespace {

TEST(PlainLine, KeepsOrdinaryText) {
    EXPECT_EQ(plainLine("model „x“ not found 你好"), "model „x“ not found 你好");
}

TEST(PlainLine, MakesOneLine) {
    EXPECT_EQ(plainLine("  a\r\n\tb\n\n c\u2028d "), "a b c d");
}

TEST(PlainLine, TakesTerminalEscapesAway) {
    EXPECT_EQ(plainLine("\x1b[31mred\x1b[0m"), "red");
    EXPECT_EQ(plainLine("\x1b]0;title\x07 text"), "text");
    EXPECT_EQ(plainLine("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\"), "link");
    EXPECT_EQ(plainLine("\u009b31mred"), "red");
    EXPECT_EQ(plainLine("a\x1b"
                        "cb"),
              "ab");
}

TEST(PlainLine, AnUnfinishedEscapeDoesNotSwallowTheRest) {
    EXPECT_EQ(plainLine("\x1b"), "");
    EXPECT_EQ(plainLine("a\x1b["), "a");
    EXPECT_EQ(plainLine("a\x1b[12"), "a");
    EXPECT_EQ(plainLine("\x1b]0;the message"), "0;the message");
    EXPECT_EQ(plainLine("\x1b]0;x\x1b[31m message"), "message");
}

TEST(PlainLine, TakesControlCharactersAndDirectionMarksAway) {
    EXPECT_EQ(plainLine(std::string_view("a\0b\x7f"
                                         "c\b",
                                         6)),
              "abc");
    EXPECT_EQ(plainLine("a\u202Eb\u2066c\uFEFFd"), "abcd");
}

TEST(PlainLine, RepairsBytes) {
    EXPECT_EQ(plainLine("a\xFFz"), "a\uFFFDz");
}

TEST(ClipLine, KeepsWhatFits) {
    EXPECT_EQ(clipLine("12345", 5), "12345");
}

TEST(ClipLine, CutsBetweenCodePoints) {
    EXPECT_EQ(clipLine("123456", 5), "12…");
    for (std::size_t limit = 3; limit < 12; ++limit) {
        const std::string cut = clipLine("ääää你好你好", limit);
        EXPECT_LE(cut.size(), limit);
        EXPECT_TRUE(base::isValidUtf8(cut));
    }
}

}  // namespace
}  // namespace commonplace::net
