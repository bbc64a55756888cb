#include "engine/base/char_class.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <array>

#include "engine/base/text.h"

namespace commonplace::base {
namespace {

constexpr char32_t kTableSize = 0x3100;  // up to Kana; ideographs and Hangul are decided by their range

bool isDictionaryScript(UChar32 value) {
    if (u_getIntPropertyValue(value, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT) return true;
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(value, &status);
    return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA;
}

WordClass wordClassOf(UChar32 value) {
    // A colon inside a word is Swedish; elsewhere it separates ("name:value"), as ICU's root locale has it.
    if (value == ':' || value == 0xFE55 || value == 0xFF1A) return WordClass::Other;
    switch (u_getIntPropertyValue(value, UCHAR_WORD_BREAK)) {
        case U_WB_ALETTER:
            return isDictionaryScript(value) ? WordClass::Dictionary : WordClass::Letter;
        case U_WB_HEBREW_LETTER:
            return WordClass::Hebrew;
        case U_WB_NUMERIC:
            return WordClass::Numeric;
        case U_WB_KATAKANA:
            return WordClass::Dictionary;
        case U_WB_EXTENDNUMLET:
            return WordClass::ExtendNumLet;
        case U_WB_MIDLETTER:
            return WordClass::MidLetter;
        case U_WB_MIDNUM:
            return WordClass::MidNum;
        case U_WB_MIDNUMLET:
        case U_WB_SINGLE_QUOTE:
            return WordClass::MidNumLet;
        case U_WB_DOUBLE_QUOTE:
            return WordClass::DoubleQuote;
        case U_WB_EXTEND:
        case U_WB_FORMAT:
        case U_WB_ZWJ:
            return WordClass::Extend;
        default:
            break;
    }
    const auto point = static_cast<char32_t>(value);
    if (!isWordChar(point)) return WordClass::Other;
    if (isDictionaryScript(value)) return WordClass::Dictionary;
    return isNumber(point) ? WordClass::Numeral : WordClass::Letter;
}

/// Marks that UAX 29 leaves to tailoring or puts together differently from what running text needs.
SentenceClass exceptionFor(UChar32 value) {
    switch (value) {
        case '\n':
        case '\r':
        case 0x85:
        case 0x2028:
            return SentenceClass::LineEnd;
        case '\v':
        case '\f':
        case 0x2029:
            return SentenceClass::Paragraph;
        case 0x2026:
            return SentenceClass::Dot;
        case 0x3002:
        case 0xFF01:
        case 0xFF1F:
        case 0xFF61:
            return SentenceClass::WideStop;
        default:
            return SentenceClass::Other;
    }
}

SentenceClass closeKind(UChar32 value) {
    const uint32_t category = U_GET_GC_MASK(value);
    return (category & (U_GC_PS_MASK | U_GC_PI_MASK)) != 0 ? SentenceClass::Open : SentenceClass::Close;
}

SentenceClass sentenceClassOf(UChar32 value) {
    if (const SentenceClass special = exceptionFor(value); special != SentenceClass::Other) return special;
    switch (u_getIntPropertyValue(value, UCHAR_SENTENCE_BREAK)) {
        case U_SB_SP:
            return SentenceClass::Space;
        case U_SB_SEP:
            return SentenceClass::LineEnd;
        case U_SB_ATERM:
            return SentenceClass::Dot;
        case U_SB_STERM:
            return SentenceClass::Stop;
        case U_SB_CLOSE:
            return closeKind(value);
        case U_SB_LOWER:
            return SentenceClass::Lower;
        case U_SB_UPPER:
            return SentenceClass::Upper;
        case U_SB_OLETTER:
            return SentenceClass::Letter;
        case U_SB_NUMERIC:
            return SentenceClass::Digit;
        default:
            return SentenceClass::Other;
    }
}

CharClass classOf(char32_t value) {
    const auto point = static_cast<UChar32>(value);
    return {wordClassOf(point), sentenceClassOf(point)};
}

std::array<CharClass, kTableSize> makeTable() {
    std::array<CharClass, kTableSize> table{};
    for (char32_t value = 0; value < kTableSize; ++value) table[value] = classOf(value);
    return table;
}

}  // namespace

CharClass unicodeClass(char32_t value) {
    static const std::array<CharClass, kTableSize> table = makeTable();
    if (value < kTableSize) return table[value];
    if (value >= 0x3400 && value < 0xA000) return {WordClass::Dictionary, SentenceClass::Letter};
    if (value >= 0xAC00 && value < 0xD7A4) return {WordClass::Letter, SentenceClass::Letter};
    return classOf(value);
}

}  // namespace commonplace::base
