#include <gtest/gtest.h>

#include "engine/base/text.h"
#include "tests/engine/base/random_text.h"

namespace commonplace::base {
namespace {

using namespace std::string_literals;

TEST(Unicode, DecodesTheUsualEncodings) {
    EXPECT_EQ(decodeBytes("caf\xE9 \x80", "windows-1252"), "café €");
    EXPECT_EQ(decodeBytes("h\0\xE9\0"s, "UTF-16LE"), "hé");
    EXPECT_EQ(decodeBytes("\xFE\xFF\0h\0\xE9"s, "UTF-16"), "hé");
    EXPECT_EQ(decodeBytes("\x93\x8C\x8B\x9E", "Shift_JIS"), "東京");
    EXPECT_EQ(decodeBytes("\xEF\xBB\xBFna\xC3\xAFve", ""), "naïve");
    EXPECT_EQ(decodeBytes("\xEF\xBB\xBFna\xC3\xAFve", "utf8"), "naïve");
}

TEST(Unicode, DecodingNeverLeavesBadBytes) {
    EXPECT_EQ(decodeBytes("a\xFF", "no-such-encoding"), "a\uFFFD");
    EXPECT_EQ(decodeBytes("a\xC3", "UTF-8"), "a\uFFFD");
    std::mt19937 random(7);
    for (const char* encoding :
         {"", "UTF-16LE", "windows-1251", "Shift_JIS", "GB18030", "ISO-2022-JP", "UTF-7", "EUC-KR"})
        for (int round = 0; round < 50; ++round)
            ASSERT_TRUE(isValidUtf8(decodeBytes(test::randomBytes(random, 300), encoding))) << encoding;
}

TEST(Unicode, DecodesTextLongerThanItsBuffer) {
    std::string bytes, expected;
    for (int i = 0; i < 20'000; ++i) {
        bytes += i % 3 == 0 ? "a\0"s
                            : "\x3D\xD8\x00\xDE"s;  // a smiley is a surrogate pair: some fall on the border
        expected += i % 3 == 0 ? "a" : "\U0001F600";
    }
    EXPECT_EQ(decodeBytes(bytes, "UTF-16LE"), expected);
}

TEST(Unicode, NormalizesAndFolds) {
    EXPECT_EQ(normalizeNfkc("plain"), "plain");
    EXPECT_EQ(normalizeNfkc("ﬁn 10² ｋａ e\u0301"), "fin 102 ka \u00e9");
    EXPECT_EQ(normalizeNfkc("\xFFé"), "\uFFFDé");
    EXPECT_EQ(foldCase("ABC z"), "abc z");
    EXPECT_EQ(foldCase("Straße ΑΣ ÉCOLE"), "strasse ασ école");
    EXPECT_EQ(foldCase("\xFFÉ"), "\uFFFDé");
}

TEST(Unicode, ClassifiesCharacters) {
    for (const char32_t space : U" \t\n\r\u00A0\u2003\u3000"s) EXPECT_TRUE(space == 0 || isSpace(space));
    EXPECT_FALSE(isSpace(U'x'));
    for (const char32_t letter : U"aZéжא東がก\u0301"s) EXPECT_TRUE(letter == 0 || isLetter(letter));
    for (const char32_t number : U"7²½Ⅳ٣"s) EXPECT_TRUE(number == 0 || isNumber(number));
    for (const char32_t other : U"_-.€ "s) EXPECT_FALSE(isWordChar(other));
    for (const char32_t unspaced : U"東がカー한ไລខမ"s)
        EXPECT_TRUE(unspaced == 0 || isUnspacedScript(unspaced));
    for (const char32_t spaced : U"aéжאع。1 "s) EXPECT_FALSE(isUnspacedScript(spaced));
}

TEST(Unicode, CollapsesAndTrimsSpace) {
    EXPECT_EQ(collapseSpace("  a\n\t b\u00A0\u3000c  "), "a b c");
    EXPECT_EQ(collapseSpace(" \n "), "");
    EXPECT_EQ(trim("\u3000 a b \u00A0\n"), "a b");
    EXPECT_EQ(trim(" \u2003 "), "");
    EXPECT_EQ(trim("é"), "é");
    EXPECT_EQ(trim("\x80"), "\x80");
}

}  // namespace
}  // namespace commonplace::base
