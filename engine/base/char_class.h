// Word_Break and Sentence_Break properties of code points (Unicode Standard Annex 29), reduced to what
// words.cpp and sentences.cpp ask. Looked up in a table for what is common in text, in ICU for the rest.
// Internal to base.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace commonplace::base {

enum class WordClass : std::uint8_t {
    Other,         ///< ends a word
    Letter,        ///< ALetter
    Hebrew,        ///< Hebrew_Letter: a letter that may be followed by quotes
    Numeric,       ///< digits
    Numeral,       ///< a numeral that UAX 29 leaves alone: ², ½, ①; a word by itself
    ExtendNumLet,  ///< underscore and its kin: joins letters and digits
    MidLetter,     ///< between two letters: the middle dot of Catalan; not the colon
    MidNum,        ///< between two digits: ',' ';'
    MidNumLet,     ///< between either: '.' and apostrophes
    DoubleQuote,   ///< between Hebrew letters
    Extend,        ///< combining marks, joiners, formats: belongs to what stands before
    Dictionary,    ///< Han, Kana, Thai, Lao, Khmer, Myanmar: ICU's dictionaries find the words
};

enum class SentenceClass : std::uint8_t {
    Other,
    Space,
    LineEnd,    ///< LF, CR, NEL, U+2028
    Paragraph,  ///< U+2029, form feed, vertical tab: always a boundary
    Dot,        ///< ATerm and the ellipsis: ends a sentence or not, the surroundings decide
    Stop,       ///< STerm: ends a sentence
    WideStop,   ///< an STerm that no space follows: 。！？
    Close,      ///< closing brackets and quotes after the stop
    Open,       ///< opening brackets and quotes before the first word
    Lower,
    Upper,
    Letter,  ///< letters without case
    Digit,
};

struct CharClass {
    WordClass word = WordClass::Other;
    SentenceClass sentence = SentenceClass::Other;
};

/// The ASCII part of the table, for the compiler: most text is ASCII, and this is asked for every byte of it.
constexpr std::array<CharClass, 128> asciiClasses() {
    std::array<CharClass, 128> table{};
    for (char c = 'a'; c <= 'z'; ++c)
        table[static_cast<std::size_t>(c)] = {WordClass::Letter, SentenceClass::Lower};
    for (char c = 'A'; c <= 'Z'; ++c)
        table[static_cast<std::size_t>(c)] = {WordClass::Letter, SentenceClass::Upper};
    for (char c = '0'; c <= '9'; ++c)
        table[static_cast<std::size_t>(c)] = {WordClass::Numeric, SentenceClass::Digit};
    const auto setSentence = [&](std::string_view glyphs, SentenceClass kind) {
        for (const char c : glyphs) table[static_cast<std::size_t>(c)].sentence = kind;
    };
    setSentence("\t ", SentenceClass::Space);
    setSentence("\n\r", SentenceClass::LineEnd);
    setSentence("\v\f", SentenceClass::Paragraph);
    setSentence(".", SentenceClass::Dot);
    setSentence("!?", SentenceClass::Stop);
    setSentence("([{", SentenceClass::Open);
    setSentence(")]}\"'", SentenceClass::Close);
    table['_'].word = WordClass::ExtendNumLet;
    table[','].word = table[';'].word = WordClass::MidNum;
    table['.'].word = table['\''].word = WordClass::MidNumLet;
    table['"'].word = WordClass::DoubleQuote;
    return table;
}
inline constexpr std::array<CharClass, 128> kAsciiClasses = asciiClasses();

/// The class of any code point by the Unicode tables.
CharClass unicodeClass(char32_t value);

inline CharClass charClass(char32_t value) {
    return value < kAsciiClasses.size() ? kAsciiClasses[value] : unicodeClass(value);
}

}  // namespace commonplace::base
