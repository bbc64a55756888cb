#include <gtest/gtest.h>

#include <random>

#include "engine/base/text.h"
#include "engine/chunk/chunker.h"

namespace commonplace::chunk {
namespace {

std::string cleaned(std::string_view source) {
    return clean(source).text;
}

TEST(Clean, WhiteSpaceRunsBecomeOne) {
    EXPECT_EQ(cleaned("  a \t b\nc\r\nd\u00A0e  "), "a b c d e");
    EXPECT_EQ(cleaned("a\n\nb\n \n\n c\fd"), "a\nb\nc\nd");
    EXPECT_EQ(cleaned("a\r\n\r\nb"), "a\nb");
    EXPECT_EQ(cleaned(""), "");
    EXPECT_EQ(cleaned(" \n\n "), "");
}

TEST(Clean, LigaturesAreSpelledOut) {
    EXPECT_EQ(cleaned("ﬀ ﬁ ﬂ ﬃ ﬄ ﬅ ﬆ"), "ff fi fl ffi ffl st st");
}

TEST(Clean, SoftHyphensGo) {
    EXPECT_EQ(cleaned("con\u00ADfusion"), "confusion");
    EXPECT_EQ(cleaned("con\u00AD\nfusion"), "confusion");
    EXPECT_EQ(cleaned("con\u00AD\n\nfusion"), "con\nfusion");
    EXPECT_EQ(cleaned("\u00AD"), "");
}

TEST(Clean, LineEndHyphensAreJoinedBeforeALowerCaseLetter) {
    EXPECT_EQ(cleaned("exam-\nple, über\u2010 \r\n  mäßig"), "example, übermäßig");
    EXPECT_EQ(cleaned("e-mail well-known"), "e-mail well-known");
    EXPECT_EQ(cleaned("Pell-\nWinter 2019-\n2020 10-\nyear"), "Pell- Winter 2019- 2020 10- year");
    EXPECT_EQ(cleaned("exam-\n\nple"), "exam-\nple");
    EXPECT_EQ(cleaned("- \nitem a -\nb"), "- item a - b");
    EXPECT_EQ(cleaned("end-\n"), "end-");
}

TEST(Clean, OffsetsLeadBackToTheSource) {
    const std::string source = "  The eﬃ-\ncient \u00AD way";
    const CleanText text = clean(source);
    ASSERT_EQ(text.text, "The efficient way");
    ASSERT_EQ(text.sourceOffset.size(), text.text.size() + 1);
    const auto from = [&](const char* word) { return text.sourceOffset[text.text.find(word)]; };
    EXPECT_EQ(from("The"), 2u);
    EXPECT_EQ(from("ffi"), source.find("ﬃ"));
    EXPECT_EQ(from("fi"), source.find("ﬃ"));
    EXPECT_EQ(from("cient"), source.find("cient"));
    EXPECT_EQ(from("way"), source.find("way"));
    EXPECT_EQ(text.sourceOffset.back(), source.size());
}

TEST(Clean, OffsetsNeverGoBackAndLettersStandWhereTheyPoint) {
    std::mt19937 random(11);
    const std::u32string_view alphabet = U"abcÉß \n\t-\u00AD\u2010\u00A0ﬁ東.";
    std::uniform_int_distribution<std::size_t> glyph(0, alphabet.size() - 1);
    for (int round = 0; round < 2000; ++round) {
        std::string source;
        for (int i = 0; i < 40; ++i) base::appendUtf8(source, alphabet[glyph(random)]);
        const CleanText text = clean(source);
        ASSERT_EQ(text.sourceOffset.size(), text.text.size() + 1);
        for (std::size_t i = 0; i < text.text.size(); ++i) {
            ASSERT_LE(text.sourceOffset[i], text.sourceOffset[i + 1]);
            ASSERT_TRUE(text.text[i] != 'a' || source[text.sourceOffset[i]] == 'a');
        }
        ASSERT_TRUE(base::isValidUtf8(text.text));
        ASSERT_EQ(base::trim(text.text), text.text);
    }
}

}  // namespace
}  // namespace commonplace::chunk
