// Unicode text as the engine uses it: always UTF-8 in std::string, offsets always in bytes.
//
// All functions are pure and may be called from any thread. Input that is not valid UTF-8 is never undefined
// behaviour: bad bytes count as U+FFFD. Sources: Unicode Standard Annex 29 (word and sentence boundaries) and
// Annex 15 (normalisation), both through ICU.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace commonplace::base {

/// A half-open byte range [begin, end) of some text.
struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t size() const { return end - begin; }
    bool operator==(const Range&) const = default;
};

/// One decoded code point and the number of bytes it took (1 for a bad byte, which decodes as U+FFFD).
struct CodePoint {
    char32_t value = 0;
    std::size_t bytes = 0;
};

/// Decodes the code point at byte `at` (at < text.size()).
CodePoint decodeUtf8(std::string_view text, std::size_t at);
/// Appends one code point as UTF-8; values that are no scalar value become U+FFFD.
std::string& appendUtf8(std::string& text, char32_t value);
bool isValidUtf8(std::string_view text);
/// Replaces bad bytes by U+FFFD and drops NUL; valid text comes back unchanged.
std::string repairUtf8(std::string_view text);
/// UTF-16 (native order; lone surrogates become U+FFFD) to UTF-8.
std::string utf16ToUtf8(const char16_t* units, std::size_t count);
/// The largest prefix of at most `limit` bytes that ends on a code point boundary.
std::string_view clipUtf8(std::string_view text, std::size_t limit);
/// Bytes at the end that begin a character but do not end it: what a stream may still complete. 0 to 3.
std::size_t unfinishedBytes(std::string_view text);
/// Whether `at` is the text's end or the first byte of a character of valid UTF-8: where it may be cut.
bool isCharacterEdge(std::string_view text, std::size_t at);
/// Number of code points.
std::size_t codePointCount(std::string_view text);

/// Converts bytes in the named encoding (an IANA or ICU name such as "windows-1252", "UTF-16LE") to UTF-8;
/// unknown names and undecodable bytes give U+FFFD. An empty name means UTF-8.
std::string decodeBytes(std::string_view bytes, const std::string& encoding);

/// NFKC (for search and tokenisers; never for proof of quotes).
std::string normalizeNfkc(std::string_view text);
/// Full case folding, for comparing words.
std::string foldCase(std::string_view text);

/// Every white-space run (any script) becomes one space; ends are trimmed.
std::string collapseSpace(std::string_view text);
std::string_view trim(std::string_view text);
bool isSpace(char32_t value);
/// Letters and the marks that combine with them.
bool isLetter(char32_t value);
constexpr bool isAsciiDigit(char c) {
    return c >= '0' && c <= '9';
}
/// Decimal digits and other numerals (², ½, Ⅳ).
bool isNumber(char32_t value);
inline bool isWordChar(char32_t value) {
    return isLetter(value) || isNumber(value);
}
/// Han, Hiragana, Katakana, Hangul, Thai, Lao, Khmer, Myanmar: scripts where a space does not separate words
/// (Hangul included because particles are glued on).
bool isUnspacedScript(char32_t value);

/// Byte ranges of the words of a text (UAX 29 with ICU's dictionaries for Chinese, Japanese, Thai …);
/// punctuation and space are left out.
std::vector<Range> words(std::string_view text);
/// Byte ranges of the sentences, without surrounding white space. A line end inside a sentence is no
/// boundary; an empty line always is. Abbreviations such as "e.g.", "No.", "Inc.", "Fig." do not end a
/// sentence when a lower-case word or a number follows.
std::vector<Range> sentences(std::string_view text);

/// The stem of one case-folded word (Porter 1980, as FTS5's tokenizer `porter`); other scripts come back
/// unchanged.
std::string stem(std::string_view foldedWord);

}  // namespace commonplace::base
