#include "engine/base/char_class.h"

#include <gtest/gtest.h>

namespace commonplace::base {
namespace {

TEST(CharClass, TheAsciiTableAgreesWithUnicode) {
    for (char32_t value = 0; value < 128; ++value) {
        EXPECT_EQ(charClass(value).word, unicodeClass(value).word) << static_cast<int>(value);
        EXPECT_EQ(charClass(value).sentence, unicodeClass(value).sentence) << static_cast<int>(value);
    }
}

TEST(CharClass, Words) {
    EXPECT_EQ(charClass(U'a').word, WordClass::Letter);
    EXPECT_EQ(charClass(U'한').word, WordClass::Letter);
    EXPECT_EQ(charClass(U'א').word, WordClass::Hebrew);
    EXPECT_EQ(charClass(U'7').word, WordClass::Numeric);
    EXPECT_EQ(charClass(U'²').word, WordClass::Numeral);
    EXPECT_EQ(charClass(U'_').word, WordClass::ExtendNumLet);
    EXPECT_EQ(charClass(U'’').word, WordClass::MidNumLet);
    EXPECT_EQ(charClass(U',').word, WordClass::MidNum);
    EXPECT_EQ(charClass(U':').word, WordClass::Other);
    EXPECT_EQ(charClass(U'\u0301').word, WordClass::Extend);
    for (const char32_t glyph : {U'東', U'が', U'カ', U'ー', U'ไ', U'\U00020000', U'々'})
        EXPECT_EQ(charClass(glyph).word, WordClass::Dictionary) << std::hex << static_cast<int>(glyph);
}

TEST(CharClass, Sentences) {
    EXPECT_EQ(charClass(U'.').sentence, SentenceClass::Dot);
    EXPECT_EQ(charClass(U'…').sentence, SentenceClass::Dot);
    EXPECT_EQ(charClass(U'?').sentence, SentenceClass::Stop);
    EXPECT_EQ(charClass(U'।').sentence, SentenceClass::Stop);
    EXPECT_EQ(charClass(U'。').sentence, SentenceClass::WideStop);
    EXPECT_EQ(charClass(U'\n').sentence, SentenceClass::LineEnd);
    EXPECT_EQ(charClass(U'\f').sentence, SentenceClass::Paragraph);
    EXPECT_EQ(charClass(U'(').sentence, SentenceClass::Open);
    EXPECT_EQ(charClass(U'“').sentence, SentenceClass::Open);
    EXPECT_EQ(charClass(U'”').sentence, SentenceClass::Close);
    EXPECT_EQ(charClass(U'é').sentence, SentenceClass::Lower);
    EXPECT_EQ(charClass(U'Ж').sentence, SentenceClass::Upper);
    EXPECT_EQ(charClass(U'東').sentence, SentenceClass::Letter);
}

}  // namespace
}  // namespace commonplace::base
