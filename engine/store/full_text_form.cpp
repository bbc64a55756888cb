#include "engine/store/full_text_form.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "engine/base/text.h"

namespace commonplace::store {
namespace {

struct CodeRange {
    char32_t first;
    char32_t last;
};

template <std::size_t N>
bool in(const CodeRange (&ranges)[N], char32_t value) {
    return std::any_of(std::begin(ranges), std::end(ranges), [value](const CodeRange& range) {
        return value >= range.first && value <= range.last;
    });
}

/// Thai and Lao, Burmese with its extensions, Khmer with its symbols: words by dictionary.
constexpr CodeRange kDictionary[] = {{0x0E00, 0x0EFF}, {0x1000, 0x109F}, {0x1780, 0x17FF},
                                     {0x19E0, 0x19FF}, {0xA9E0, 0xA9FF}, {0xAA60, 0xAA7F}};
/// Kana voicing marks, combining and half-width: they belong to the run that they stand in.
constexpr CodeRange kKanaMarks[] = {{0x3099, 0x309A}, {0xFF9E, 0xFF9F}};
/// Full-width forms, ligatures and Hebrew forms, Arabic forms.
constexpr CodeRange kCompatible[] = {{0xFF01, 0xFF5E}, {0xFB00, 0xFDFF}, {0xFE70, 0xFEFC}};
/// Hebrew points (not its punctuation), Arabic points and the stretching character.
constexpr CodeRange kPoints[] = {{0x0591, 0x05BD}, {0x05BF, 0x05BF}, {0x05C1, 0x05C2}, {0x05C4, 0x05C5},
                                 {0x05C7, 0x05C7}, {0x0610, 0x061A}, {0x0640, 0x0640}, {0x064B, 0x065F},
                                 {0x0670, 0x0670}, {0x06D6, 0x06DC}, {0x06DF, 0x06E8}, {0x06EA, 0x06ED}};

enum class Kind { Plain, Paired, Dictionary, Compatible, Point };

Kind kindOf(char32_t value) {
    constexpr char32_t kFirstOfAny = 0x0591;
    if (value < kFirstOfAny) return Kind::Plain;
    if (in(kPoints, value)) return Kind::Point;
    if (in(kDictionary, value)) return base::isUnspacedScript(value) ? Kind::Dictionary : Kind::Plain;
    if (base::isUnspacedScript(value) || in(kKanaMarks, value)) return Kind::Paired;
    return in(kCompatible, value) ? Kind::Compatible : Kind::Plain;
}

/// Can a character that is not Plain start with these two bytes of UTF-8? May say yes too often, never no.
bool mayBeSpecial(unsigned char first, unsigned char second) {
    constexpr unsigned char kFirstPoint = 0xD6, kThai = 0xB8, kKhmerSymbolsEnd = 0xA8, kRadicals = 0xBA,
                            kEmoji = 0x9F;
    if (first < kFirstPoint) return false;
    if (first == 0xE0) return second >= kThai;            // below: Indic scripts
    if (first == 0xE1) return second < kKhmerSymbolsEnd;  // above: Vietnamese, polytonic Greek
    if (first == 0xE2) return second >= kRadicals;        // below: quotes, dashes, symbols
    if (first == 0xF0) return second != kEmoji;
    return true;
}

/// Almost all texts are Latin with some quotes: two bytes tell, nothing is decoded.
bool isCertainlyPlain(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto first = static_cast<unsigned char>(text[i]);
        const auto second = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
        if (mayBeSpecial(first, second)) return false;
    }
    return true;
}

/// A stretch of characters of one kind.
struct Run {
    Kind kind = Kind::Plain;
    std::string_view text;
};

std::vector<Run> runsOf(std::string_view text) {
    std::vector<Run> runs;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size();) {
        const base::CodePoint point = base::decodeUtf8(text, at);
        const Kind kind = kindOf(point.value);
        if (runs.empty() || runs.back().kind != kind) {
            runs.push_back({kind, {}});
            begin = at;
        }
        at += point.bytes;
        runs.back().text = text.substr(begin, at - begin);
    }
    return runs;
}

void appendWord(std::string& form, std::string_view word) {
    if (!form.empty() && form.back() != ' ') form += ' ';
    form += word;
}

void appendPairs(std::string& form, std::string_view run) {
    const std::string composed = base::normalizeNfkc(run);
    std::size_t before = 0;
    for (std::size_t at = 0; at < composed.size();) {
        const std::size_t next = at + base::decodeUtf8(composed, at).bytes;
        if (at > 0) appendWord(form, std::string_view(composed).substr(before, next - before));
        if (at == 0 && next == composed.size()) appendWord(form, composed);
        before = at;
        at = next;
    }
}

void appendDictionaryWords(std::string& form, std::string_view run) {
    for (const base::Range& word : base::words(run)) appendWord(form, run.substr(word.begin, word.size()));
}

/// `text` with its Compatible runs in their NFKC; that may hold points, so it comes first.
std::string withCompatibleForms(const std::vector<Run>& runs) {
    std::string text;
    for (const Run& run : runs)
        text += run.kind == Kind::Compatible ? base::normalizeNfkc(run.text) : std::string(run.text);
    return text;
}

std::string formOf(const std::vector<Run>& runs) {
    std::string form;
    bool afterWords = false;
    for (const Run& run : runs) {
        const bool words = run.kind == Kind::Paired || run.kind == Kind::Dictionary;
        if (run.kind == Kind::Paired) appendPairs(form, run.text);
        if (run.kind == Kind::Dictionary) appendDictionaryWords(form, run.text);
        if (words || run.kind == Kind::Point) {
            afterWords = words;
            continue;
        }
        if (afterWords && !run.text.starts_with(' ')) form += ' ';
        form += run.text;
        afterWords = false;
    }
    return form;
}

Kind kindOfFirst(std::string_view text) {
    return text.empty() ? Kind::Plain : kindOf(base::decodeUtf8(text, 0).value);
}

/// Doubled quotes are FTS5's escape; a NUL would end the expression.
std::string quoted(std::string_view form) {
    std::string quoted = "\"";
    for (const char c : form) {
        if (c == '"') quoted += '"';
        quoted += c == '\0' ? ' ' : c;
    }
    const bool halfPair = kindOfFirst(form) == Kind::Paired && base::decodeUtf8(form, 0).bytes == form.size();
    return quoted + (halfPair ? "\" *" : "\"");
}

/// The next piece without white space, cut off the front of `text`.
std::string_view nextPiece(std::string_view& text) {
    constexpr std::string_view kSpaces = " \t\n\r\f\v";
    text.remove_prefix(std::min(text.find_first_not_of(kSpaces), text.size()));
    const std::string_view piece = text.substr(0, text.find_first_of(kSpaces));
    text.remove_prefix(piece.size());
    return piece;
}

}  // namespace

std::string fullTextForm(std::string_view text) {
    if (isCertainlyPlain(text)) return std::string(text);
    const std::vector<Run> runs = runsOf(text);
    const bool compatible =
        std::any_of(runs.begin(), runs.end(), [](const Run& run) { return run.kind == Kind::Compatible; });
    if (!compatible) return formOf(runs);
    const std::string normalized = withCompatibleForms(runs);
    return formOf(runsOf(normalized));
}

std::vector<std::string> fullTextTerms(std::string_view query) {
    const std::string form = fullTextForm(query);
    std::vector<std::string> terms;
    std::string_view rest = form;
    for (std::string_view piece = nextPiece(rest); !piece.empty(); piece = nextPiece(rest)) {
        if (const Kind kind = kindOfFirst(piece); kind == Kind::Paired || kind == Kind::Dictionary)
            terms.emplace_back(piece);
        else
            for (const base::Range& word : base::words(piece))
                terms.emplace_back(piece.substr(word.begin, word.size()));
    }
    return terms;
}

std::string fullTextMatch(std::string_view term) {
    return quoted(fullTextForm(term));
}
std::string fullTextPhrase(std::string_view words) {
    return quoted(fullTextForm(words));
}

}  // namespace commonplace::store
