#include "engine/extract/encoding.h"

#include <gtest/gtest.h>

namespace commonplace::extract {
namespace {

using namespace std::string_literals;

struct Case {
    const char* name;
    std::string bytes;
    std::string text;
};

class Decoding : public testing::TestWithParam<Case> {};

TEST_P(Decoding, GivesTheText) {
    const DecodedText decoded = decodeText(GetParam().bytes);
    EXPECT_FALSE(decoded.binary);
    EXPECT_EQ(decoded.text, GetParam().text);
    EXPECT_EQ(decoded.badBytes, 0u);
}

const Case kCases[] = {
    {"Empty", "", ""},
    {"Ascii", "plain\r\ntext", "plain\ntext"},
    {"Utf8", "Füße 日本語", "Füße 日本語"},
    {"Utf8WithMark", "\xEF\xBB\xBFmark", "mark"},
    {"Utf8WithReplacementOfItsOwn", "a \xEF\xBF\xBD b", "a \xEF\xBF\xBD b"},
    {"Utf16LittleWithMark", "\xFF\xFEh\0\xFC\0\n\0"s, "hü\n"},
    {"Utf16BigWithMark", "\xFE\xFF\0h\0\xFC"s, "hü"},
    {"Utf32WithMark", "\xFF\xFE\0\0h\0\0\0\x00\xF6\x01\0"s, "h\xF0\x9F\x98\x80"},
    {"Utf16LittleWithoutMark", "h\0e\0l\0l\0o\0"s, "hello"},
    {"Utf16BigWithoutMark", "\0h\0e\0l\0l\0o"s, "hello"},
    {"Latin1",
     "ligne accentu\xE9"
     "e \xE0 la fin",
     "ligne accentuée à la fin"},
    {"OneLetterOfLatin1", "caf\xE9", "café"},
    {"Windows1252", "\x93Smart quotes\x94 \x96 and the price is 5 \x80. M\xFCller",
     "“Smart quotes” – and the price is 5 €. Müller"},
    {"Windows1251",
     "\xDD\xF2\xEE \xF0\xF3\xF1\xF1\xEA\xE8\xE9 \xF2\xE5\xEA\xF1\xF2 \xE2 "
     "\xEA\xEE\xE4\xE8\xF0\xEE\xE2\xEA\xE5",
     "Это русский текст в кодировке"},
    {"ShiftJis",
     "\x82\xB1\x82\xEA\x82\xCD\x93\xFA\x96\x7B\x8C\xEA\x82\xCC\x83\x65\x83\x4C\x83\x58\x83\x67\x82\xC5\x82"
     "\xB7\x81\x42",
     "これは日本語のテキストです。"},
    {"Iso2022Jp", "\x1b$B$3$l$OF|K\\8l\x1b(B", "これは日本語"},
    {"StrayZero", std::string(200, 'x') + "\0y"s, std::string(200, 'x') + "y"},
};

INSTANTIATE_TEST_SUITE_P(Encoding, Decoding, testing::ValuesIn(kCases),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(DecodeText, DeclarationDecidesBetweenOldEncodings) {
    EXPECT_EQ(decodeText("\xE9\xE8", "windows-1251").text, "йи");
    EXPECT_EQ(decodeText("\xA4", "iso-8859-15").text, "€");
    EXPECT_EQ(decodeText("\x93x\x94", "ISO-8859-1").text, "“x”") << "as the web reads it";
}

TEST(DecodeText, ValidUtf8IsStrongerThanAWrongDeclaration) {
    EXPECT_EQ(decodeText("Füße", "iso-8859-1").text, "Füße");
}

TEST(DecodeText, AnUnknownDeclarationIsIgnored) {
    EXPECT_EQ(decodeText("caf\xE9 and th\xE9", "x-no-such-encoding").text, "café and thé");
}

TEST(DecodeText, CountsWhatCannotBeDecoded) {
    std::string bytes;
    for (int i = 0; i < 10; ++i) bytes += "naïve café ";
    const DecodedText decoded = decodeText(bytes + "\xFF end");
    EXPECT_EQ(decoded.badBytes, 1u);
    EXPECT_TRUE(decoded.text.ends_with("\xEF\xBF\xBD end"));
}

TEST(DecodeText, KnowsBinaryData) {
    std::string all;
    for (int i = 0; i < 25'600; ++i) all += static_cast<char>(i);
    EXPECT_TRUE(decodeText(all).binary);
    EXPECT_TRUE(decodeText("\x7F"
                           "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01\0\0\0"s)
                    .binary);
    EXPECT_TRUE(decodeText("").text.empty());
    EXPECT_FALSE(decodeText("colour \x1b[31mred\x1b[0m of a terminal").binary);
}

}  // namespace
}  // namespace commonplace::extract
