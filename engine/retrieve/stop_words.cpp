#include "engine/retrieve/stop_words.h"

#include <algorithm>
#include <array>
#include <string>

#include "engine/base/text.h"

namespace commonplace::retrieve {
namespace {

// In byte order: looked up by halves.
constexpr std::array<std::string_view, 160> kStopWords{
    "a",      "about",   "after",    "again",   "all",    "also",      "although", "am",      "among",
    "an",     "and",     "any",      "are",     "aren't", "as",        "at",       "be",      "because",
    "been",   "before",  "being",    "between", "both",   "but",       "by",       "can",     "can't",
    "cannot", "could",   "couldn't", "did",     "didn't", "do",        "does",     "doesn't", "doing",
    "don't",  "done",    "during",   "each",    "either", "else",      "every",    "few",     "for",
    "from",   "further", "had",      "hadn't",  "has",    "hasn't",    "have",     "haven't", "having",
    "he",     "her",     "here",     "hers",    "him",    "his",       "how",      "however", "i",
    "i'd",    "i'll",    "i'm",      "i've",    "if",     "in",        "into",     "is",      "isn't",
    "it",     "its",     "itself",   "just",    "let",    "many",      "me",       "more",    "most",
    "much",   "my",      "neither",  "no",      "nor",    "not",       "of",       "off",     "on",
    "once",   "only",    "or",       "other",   "our",    "ours",      "out",      "over",    "per",
    "please", "same",    "shall",    "she",     "should", "shouldn't", "since",    "so",      "some",
    "such",   "than",    "that",     "the",     "their",  "theirs",    "them",     "then",    "there",
    "these",  "they",    "this",     "those",   "though", "through",   "thus",     "to",      "too",
    "toward", "towards", "under",    "until",   "up",     "upon",      "very",     "via",     "was",
    "wasn't", "we",      "were",     "weren't", "what",   "when",      "where",    "whether", "which",
    "while",  "who",     "whom",     "whose",   "why",    "will",      "with",     "within",  "without",
    "won't",  "would",   "wouldn't", "yet",     "you",    "your",      "yours"};
static_assert(std::is_sorted(kStopWords.begin(), kStopWords.end()));

constexpr std::size_t kLongest = 10;

std::string withStraightApostrophes(std::string_view word) {
    constexpr std::string_view kCurly = "\u2019";
    std::string straight(word);
    if (const std::size_t at = straight.find(kCurly); at != std::string::npos)
        straight.replace(at, kCurly.size(), "'");
    return straight;
}

}  // namespace

bool isStopWord(std::string_view word) {
    if (word.size() > kLongest + 2) return false;
    const std::string folded = base::foldCase(withStraightApostrophes(word));
    return std::binary_search(kStopWords.begin(), kStopWords.end(), std::string_view(folded));
}

}  // namespace commonplace::retrieve
