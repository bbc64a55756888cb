#include "engine/retrieve/word_key.h"

#include <algorithm>
#include <cmath>

#include "engine/base/text.h"

namespace commonplace::retrieve {
namespace {

// The letter under the accent for U+00E0 … U+017F, '.' where there is none to drop (æ, ð, ø, ł). Words are
// folded before they come here, so the capitals in between do not matter.
constexpr char32_t kTableBegin = 0xE0;
constexpr std::string_view kPlainLetter =
    "aaaaaa.ceeeeiiii"   // U+00E0
    ".nooooo..uuuuy.y"   // U+00F0
    "aaaaaaccccccccdd"   // U+0100
    "..eeeeeeeeeegggg"   // U+0110
    "gggghh..iiiiiiii"   // U+0120
    "i...jjkk.llllll."   // U+0130
    "...nnnnnn...oooo"   // U+0140
    "oo..rrrrrrssssss"   // U+0150
    "sstttt..uuuuuuuu"   // U+0160
    "uuuuwwyyyzzzzzz.";  // U+0170
static_assert(kPlainLetter.size() == 0x180 - kTableBegin);

constexpr bool isCombiningMark(char32_t value) {
    return value >= 0x300 && value < 0x370;
}

char plainLetter(char32_t value) {
    if (value < kTableBegin || value - kTableBegin >= kPlainLetter.size()) return '.';
    return kPlainLetter[value - kTableBegin];
}

std::string withoutAccents(std::string_view folded) {
    std::string plain;
    plain.reserve(folded.size());
    for (std::size_t at = 0; at < folded.size();) {
        const base::CodePoint point = base::decodeUtf8(folded, at);
        const char letter = plainLetter(point.value);
        if (letter != '.') {
            plain += letter;
        } else if (!isCombiningMark(point.value)) {
            plain += folded.substr(at, point.bytes);
        }
        at += point.bytes;
    }
    return plain;
}

bool isAscii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string lowerAscii(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

constexpr bool isApostrophe(char32_t value) {
    return value == U'\'' || value == U'\u2019' || value == U'\uFF07';
}

/// What English glues to a word without adding a meaning to search for, single letters apart.
bool isEnding(std::string_view part) {
    return part == "re" || part == "ve" || part == "ll";
}

std::vector<std::string> splitAtApostrophes(std::string_view word) {
    std::vector<std::string> parts(1);
    for (std::size_t at = 0; at < word.size();) {
        const base::CodePoint point = base::decodeUtf8(word, at);
        if (isApostrophe(point.value)) {
            parts.emplace_back();
        } else {
            parts.back() += word.substr(at, point.bytes);
        }
        at += point.bytes;
    }
    return parts;
}

constexpr bool isLatin(char32_t value) {
    return value < 0x250 || (value >= 0x1E00 && value <= 0x1EFF);
}

constexpr bool isRunCharacter(char32_t value) {
    return (value >= 0x3040 && value <= 0x30FF) || (value >= 0x3400 && value <= 0x4DBF) ||
           (value >= 0x4E00 && value <= 0x9FFF) || (value >= 0xAC00 && value <= 0xD7AF) ||
           (value >= 0xF900 && value <= 0xFAFF) || (value >= 0x20000 && value <= 0x3FFFF);
}

}  // namespace

std::string foldedWord(std::string_view word) {
    return isAscii(word) ? lowerAscii(word)
                         : withoutAccents(base::foldCase(word));  // nearly every word: no ICU
}

std::string wordKey(std::string_view word) {
    return base::stem(foldedWord(word));
}

std::vector<std::string> apostropheParts(std::string_view word) {
    std::vector<std::string> parts = splitAtApostrophes(word);
    if (parts.size() == 1) return parts;
    if (isEnding(lowerAscii(parts.back()))) parts.pop_back();
    std::erase_if(parts, [](const std::string& part) { return base::codePointCount(part) < 2; });
    if (parts.empty()) return {std::string(word)};
    return parts;
}

std::string_view sharedBeginning(std::string_view word, Scripts scripts) {
    constexpr std::size_t kShortest = 5, kLeast = 4;
    constexpr double kShare = 0.65;
    std::vector<std::size_t> letters;  // where each begins; marks count as letters
    for (std::size_t at = 0; at < word.size();) {
        const base::CodePoint point = base::decodeUtf8(word, at);
        if (!base::isLetter(point.value) || base::isUnspacedScript(point.value)) return {};
        if (scripts == Scripts::NotLatin && isLatin(point.value)) return {};
        letters.push_back(at);
        at += point.bytes;
    }
    if (letters.size() < kShortest) return {};
    const auto share = static_cast<std::size_t>(std::lround(kShare * static_cast<double>(letters.size())));
    return word.substr(0, letters[std::max(share, kLeast)]);
}

bool isRunTerm(std::string_view term) {
    return !term.empty() && isRunCharacter(base::decodeUtf8(term, 0).value);
}

}  // namespace commonplace::retrieve
