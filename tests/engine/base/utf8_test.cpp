#include <gtest/gtest.h>

#include "engine/base/text.h"
#include "tests/engine/base/random_text.h"

namespace commonplace::base {
namespace {

using namespace std::string_literals;

TEST(Utf8, EveryScalarValueSurvivesTheRoundTrip) {
    for (char32_t value = 0; value <= 0x10FFFF; value += value < 0x10000 ? 1 : 97) {
        if (value >= 0xD800 && value <= 0xDFFF) continue;
        std::string text;
        appendUtf8(text, value);
        const CodePoint point = decodeUtf8(text, 0);
        ASSERT_EQ(point.value, value);
        ASSERT_EQ(point.bytes, text.size());
    }
}

TEST(Utf8, BadBytesAreOneReplacementEach) {
    // overlong, surrogate, too large, cut off, lone continuation
    for (const std::string& bad :
         {"\xC0\x80"s, "\xED\xA0\x80"s, "\xF4\x90\x80\x80"s, "\xE2\x82"s, "\x80"s, "\xFF"s}) {
        EXPECT_FALSE(isValidUtf8(bad));
        EXPECT_EQ(decodeUtf8(bad, 0).value, U'\uFFFD');
        EXPECT_EQ(decodeUtf8(bad, 0).bytes, 1u);
        std::string repaired;
        for (std::size_t i = 0; i < bad.size(); ++i) repaired += "\uFFFD";
        EXPECT_EQ(repairUtf8(bad), repaired);
    }
    std::string text;
    EXPECT_EQ(appendUtf8(text, 0xD800), "\uFFFD");
}

TEST(Utf8, RepairKeepsWhatIsValidAndDropsNul) {
    EXPECT_EQ(repairUtf8("naïve 東京 \U0001F600"), "naïve 東京 \U0001F600");
    EXPECT_EQ(repairUtf8("a\uFFFDb"), "a\uFFFDb");
    EXPECT_EQ(repairUtf8("a\0b"s), "ab");
    EXPECT_EQ(repairUtf8("caf\xE9 ole"), "caf\uFFFD ole");
}

TEST(Utf8, Utf16BecomesUtf8) {
    const std::u16string text = u"aé€\U0001F600";
    EXPECT_EQ(utf16ToUtf8(text.data(), text.size()), "aé€\U0001F600");
    const char16_t lone[] = {u'x', 0xD83D, u'y', 0xDE00};
    EXPECT_EQ(utf16ToUtf8(lone, 4), "x\uFFFDy\uFFFD");
    EXPECT_EQ(utf16ToUtf8(lone, 2), "x\uFFFD");
}

TEST(Utf8, ClipEndsOnABoundary) {
    EXPECT_EQ(clipUtf8("aé€", 10), "aé€");
    EXPECT_EQ(clipUtf8("aé€", 5), "aé");
    EXPECT_EQ(clipUtf8("aé€", 2), "a");
    EXPECT_EQ(clipUtf8("aé€", 0), "");
    EXPECT_EQ(clipUtf8(std::string(9, '\x80'), 6).size(), 6u);
}

TEST(Utf8, CountsCodePoints) {
    EXPECT_EQ(codePointCount(""), 0u);
    EXPECT_EQ(codePointCount("plain ascii text"), 16u);
    EXPECT_EQ(codePointCount("aé€\U0001F600z"), 5u);
    EXPECT_EQ(codePointCount("\xFF\xFF"), 2u);
}

TEST(Utf8, RandomBytesAreRepairedToValidTextOfTheSameLength) {
    std::mt19937 random(20260314);
    for (int round = 0; round < 500; ++round) {
        std::string bytes = test::randomBytes(random, round % 40);
        std::erase(bytes, '\0');
        const std::string repaired = repairUtf8(bytes);
        ASSERT_TRUE(isValidUtf8(repaired));
        ASSERT_EQ(codePointCount(repaired), codePointCount(bytes));
        ASSERT_EQ(repairUtf8(repaired), repaired);
    }
}

TEST(Utf8, KnowsWhereATextMayBeCut) {
    const std::string text = "aöb";
    EXPECT_TRUE(isCharacterEdge(text, 0));
    EXPECT_TRUE(isCharacterEdge(text, 1));
    EXPECT_FALSE(isCharacterEdge(text, 2));
    EXPECT_TRUE(isCharacterEdge(text, 3));
    EXPECT_TRUE(isCharacterEdge(text, 4));
    EXPECT_FALSE(isCharacterEdge(text, 5));
}

TEST(Utf8, KnowsHowManyBytesAtTheEndAreUnfinished) {
    for (const std::string whole : {"", "a", "\xC3\xA9", "\xE4\xBD\xA0", "\xF0\x9F\x98\x80"}) {
        EXPECT_EQ(unfinishedBytes(whole), 0u) << whole;
        for (std::size_t bytes = 1; bytes < whole.size(); ++bytes)
            EXPECT_EQ(unfinishedBytes("a" + whole.substr(0, bytes)), bytes) << whole;
    }
    for (const char* never : {"a\xFF", "a\xC0", "a\xF5", "\x80\x80", "\x80\x80\x80\x80"})
        EXPECT_EQ(unfinishedBytes(never), 0u);
}

}  // namespace
}  // namespace commonplace::base
