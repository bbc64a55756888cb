#include "engine/base/abbreviations.h"

#include <algorithm>
#include <array>
#include <string>

#include "engine/base/text.h"

namespace commonplace::base {
namespace {

using std::string_view;

// All lists are sorted: they are searched by halves for every full stop.
constexpr std::array<string_view, 38> kTitles{
    "adm", "approx", "bzw", "ca",  "capt", "cf",  "cmdr", "col", "d.h", "dr",   "esp",  "gen", "gov",
    "hon", "incl",   "lt",  "maj", "mme",  "mr",  "mrs",  "ms",  "mt",  "pres", "prof", "rep", "resp",
    "rev", "sen",    "sgt", "sr",  "st",   "ste", "supt", "u.a", "v",   "viz",  "vs",   "z.b"};
constexpr std::array<string_view, 30> kCounted{"abs",  "app",  "art", "ch",   "chap", "cl",  "eq",   "eqs",
                                               "ex",   "exh",  "fig", "figs", "lit",  "no",  "nos",  "nr",
                                               "p",    "para", "pp",  "pt",   "pts",  "ref", "refs", "sec",
                                               "sect", "tab",  "tbl", "vol",  "vols", "ziff"};
constexpr std::array<string_view, 46> kPlain{
    "al",  "apr", "assn", "aug",  "ave", "blvd",  "bros", "co",  "corp", "dec",   "dept", "dist",
    "div", "ed",  "eds",  "est",  "etc", "feb",   "ft",   "hrs", "inc",  "int'l", "jan",  "jr",
    "jul", "jun", "llc",  "lp",   "ltd", "mar",   "mfg",  "min", "mins", "mos",   "nov",  "oct",
    "plc", "rd",  "sep",  "sept", "sq",  "trans", "univ", "usw", "wk",   "yr"};
constexpr std::array<string_view, 64> kStarters{
    "A",       "Additionally", "After",   "Although",  "An",    "And",     "As",          "At",
    "Based",   "Because",      "Before",  "Both",      "But",   "By",      "Certain",     "Consequently",
    "During",  "Each",         "Finally", "For",       "From",  "Further", "Furthermore", "Given",
    "He",      "Her",          "Here",    "His",       "How",   "However", "If",          "In",
    "It",      "Its",          "Most",    "No",        "On",    "One",     "Our",         "Owing",
    "Several", "She",          "Since",   "So",        "Some",  "Such",    "That",        "The",
    "Their",   "Then",         "There",   "Therefore", "These", "They",    "This",        "Those",
    "To",      "Under",        "We",      "When",      "Where", "While",   "With",        "You"};
constexpr std::array<string_view, 13> kLabels{"Appendix", "Article", "Chapter", "Example", "Exhibit",
                                              "Figure",   "Item",    "Note",    "Part",    "Rule",
                                              "Schedule", "Section", "Table"};

template <std::size_t N>
constexpr bool sorted(const std::array<string_view, N>& list) {
    return std::is_sorted(list.begin(), list.end());
}
static_assert(sorted(kTitles) && sorted(kCounted) && sorted(kPlain) && sorted(kStarters) && sorted(kLabels));

template <std::size_t N>
bool contains(const std::array<string_view, N>& list, string_view word) {
    return std::binary_search(list.begin(), list.end(), word);
}

bool isAsciiLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isUpper(char c) {
    return c >= 'A' && c <= 'Z';
}

bool isRoman(string_view word) {
    return !word.empty() && word.size() <= 6 && word.find_first_not_of("ivxlcIVXLC") == string_view::npos;
}

/// "J", "Ph.D", "U.S", "e.g": single letters, or short parts joined by stops.
bool isDotted(string_view token) {
    return token.size() <= 8 && isAsciiLetter(token.front()) && token.find('.') != string_view::npos;
}

/// One capital letter in any script: "É. Zola".
bool isInitial(string_view token) {
    const CodePoint first = decodeUtf8(token, 0);
    return first.bytes == token.size() &&
           (isUpper(token.front()) || (first.bytes == 2 && isLetter(first.value)));
}

}  // namespace

Abbreviation abbreviationKind(string_view token) {
    constexpr std::size_t kLongest = 8;
    if (token.empty() || token.size() > kLongest) return Abbreviation::None;
    if (isInitial(token) && token != "I") return Abbreviation::Title;
    const std::string folded = foldCase(token);
    if (folded == "e.g" || folded == "i.e" || contains(kTitles, string_view(folded)))
        return Abbreviation::Title;
    if (contains(kCounted, string_view(folded))) return Abbreviation::Counted;
    if (contains(kPlain, string_view(folded)) || isDotted(token)) return Abbreviation::Plain;
    return Abbreviation::None;
}

bool isListMark(string_view token) {
    constexpr std::size_t kLongest = 8;
    if (token.empty() || token.size() > kLongest) return false;
    if (token.size() == 1) return isAsciiLetter(token[0]) || isAsciiDigit(token[0]);
    if (isRoman(token)) return true;
    const bool numbers =
        std::all_of(token.begin(), token.end(), [](char c) { return isAsciiDigit(c) || c == '.'; });
    return numbers && (token.size() <= 3 || token.find('.') != string_view::npos);
}

bool looksLikeNumber(string_view word) {
    return (word.size() == 1 && isUpper(word[0]) && word != "A" && word != "I") ||
           (word.size() > 1 && isRoman(word));
}

bool isSentenceStarter(string_view word) {
    return contains(kStarters, word);
}

bool isNumberedLabel(string_view sentence) {
    const std::size_t space = sentence.find(' ');
    if (space == string_view::npos || !contains(kLabels, sentence.substr(0, space))) return false;
    const string_view number = sentence.substr(space + 1);
    const bool lettered = number.size() > 1 && isAsciiDigit(number.front()) && isUpper(number.back());
    return isListMark(lettered ? number.substr(0, number.size() - 1) : number);
}

}  // namespace commonplace::base
