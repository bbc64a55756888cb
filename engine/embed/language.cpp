#include "engine/embed/language.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

#include "engine/base/text.h"

namespace commonplace::embed {
namespace {

constexpr std::size_t kMaximumBytes = 4096;

// Words that English does not share with its neighbours (so "in", "was", "die" and "on" are missing).
constexpr auto kEnglish = std::to_array<std::string_view>(
    {"about", "after",  "and",    "been", "before", "between", "but",     "by",     "can",   "could", "did",
     "do",    "does",   "during", "each", "for",    "from",    "have",    "having", "how",   "into",  "is",
     "its",   "many",   "might",  "more", "most",   "much",    "my",      "not",    "of",    "or",    "our",
     "shall", "should", "such",   "than", "that",   "the",     "their",   "them",   "then",  "there", "these",
     "they",  "this",   "those",  "to",   "used",   "were",    "what",    "when",   "where", "which", "while",
     "who",   "whom",   "whose",  "why",  "with",   "within",  "without", "would",  "you",   "your"});

// Likewise without what is an English word, too ("was", "come", "care"), for Dutch, French, German, Italian,
// Polish, Portuguese, Romanian, Spanish, Swedish, Turkish, Vietnamese.
constexpr auto kForeign = std::to_array<std::string_view>(
    {"au",      "auf",   "aus",   "av",    "aux",    "avec",   "bei",     "bir",   "că",     "ce",
     "che",     "como",  "con",   "cosa",  "cuál",   "cuando", "czy",     "cómo",  "da",     "dans",
     "das",     "de",    "dei",   "del",   "della",  "dem",    "den",     "der",   "des",    "det",
     "di",      "dla",   "du",    "dónde", "een",    "ein",    "eine",    "einer", "el",     "en",
     "es",      "est",   "för",   "für",   "het",    "hoe",    "hur",     "il",    "ist",    "jak",
     "jest",    "la",    "las",   "le",    "les",    "lo",     "los",     "mit",   "nach",   "nasıl",
     "ne",      "nel",   "nicht", "niet",  "och",    "où",     "pas",     "para",  "por",    "pour",
     "przez",   "qual",  "quale", "que",   "quel",   "quelle", "quelles", "quels", "qui",    "qué",
     "quién",   "se",    "sind",  "są",    "som",    "sont",   "sul",     "sunt",  "sur",    "um",
     "uma",     "und",   "une",   "ve",    "vilka",  "voor",   "von",     "wat",   "welche", "welcher",
     "welches", "welke", "wer",   "werd",  "werden", "wie",    "wird",    "wo",    "wurde",  "zijn",
     "zu",      "zum",   "zur",   "är",    "è",      "é",      "în",      "și",    "của",    "là",
     "những",   "được",  "một"});

/// What one word says: how likely it is English, and how much that counts.
struct Evidence {
    double english = 0;
    double weight = 0;
};

template <class List>
bool contains(const List& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool isAscii(std::string_view word) {
    return std::all_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Numbers, part numbers, formulas ("x", "B2B") and abbreviations are the same in every language.
bool saysNothing(std::string_view word) {
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const auto isLower = [](char c) { return c >= 'a' && c <= 'z'; };
    if (std::any_of(word.begin(), word.end(), isDigit)) return true;
    return isAscii(word) && (word.size() < 2 || std::none_of(word.begin(), word.end(), isLower));
}

/// The middle (-3.05 nats a letter) and the slope separate the words of English questions from those of
/// German, Spanish, Romanian, Turkish and Vietnamese ones with the fewest errors.
double likelihood(const Tokens& tokens) {
    if (tokens.unknownLetters > 0) return 0;
    const double perLetter = tokens.logProbability / static_cast<double>(tokens.letters);
    return 1 / (1 + std::exp(-4 * (perLetter + 3.05)));
}

std::optional<Evidence> evidence(const Tokenizer& tokenizer, std::string_view word) {
    if (saysNothing(word)) return std::nullopt;
    const std::string folded = base::foldCase(word);
    if (contains(kForeign, folded)) return Evidence{0, 1.5};
    if (contains(kEnglish, folded)) return Evidence{1, 1.5};
    const Tokens tokens = tokenizer.tokenize(word);
    if (tokens.letters == 0) return std::nullopt;
    return Evidence{likelihood(tokens), 1};
}

}  // namespace

double englishAffinity(const Tokenizer& tokenizer, std::string_view text) {
    // Half a word of benefit of the doubt: a single unusual word is no proof.
    Evidence sum{.english = 0.325, .weight = 0.5};
    bool silent = true;
    text = base::clipUtf8(text, kMaximumBytes);
    const std::vector<base::Range> words = base::words(text);
    if (words.empty()) return 0;
    for (const base::Range& range : words) {
        const auto found = evidence(tokenizer, text.substr(range.begin, range.size()));
        if (!found) continue;
        silent = false;
        sum.english += found->english * found->weight;
        sum.weight += found->weight;
    }
    if (silent) return 0.5;
    // Up to 36 % of likely words occur in other languages (names, loans), down to 54 % in English full of
    // terms.
    const double step = std::clamp((sum.english / sum.weight - 0.36) / (0.54 - 0.36), 0.0, 1.0);
    return step * step * (3 - 2 * step);
}

}  // namespace commonplace::embed
