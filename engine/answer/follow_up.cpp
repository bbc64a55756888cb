// The rule for follow-ups. A question leans on the one before it when it
//   - has no content word of its own ("Why?", "And how much?"),
//   - begins as a continuation ("And …", "What about …"),
//   - points back with a pronoun near its beginning ("Does it cover …", "Who wrote that?"), or
//   - has one content word and is no definition ("When must it start?" is, "What is coinsurance?" is not).
// Then the content words of the previous question are carried, and of the one before it if that leaned, too.
#include <algorithm>
#include <array>
#include <set>

#include "engine/answer/answerer.h"
#include "engine/base/text.h"
#include "engine/retrieve/stop_words.h"
#include "engine/retrieve/word_key.h"

namespace commonplace::answer {
namespace {

constexpr std::size_t kMostCarried = 8;
constexpr std::size_t kMostTurns = 4;      // that lean on each other
constexpr std::size_t kPronounWithin = 6;  // words from the beginning
constexpr std::size_t kPointerWithin = 3;
constexpr std::size_t kStandsAlone = 7;  // content words from which a question leans on nothing

constexpr std::array<std::string_view, 14> kPronouns{"it",     "its",    "they",   "them", "their",
                                                     "theirs", "he",     "him",    "his",  "she",
                                                     "her",    "former", "latter", "hers"};
constexpr std::array<std::string_view, 4> kPointers{"this", "that", "these", "those"};
constexpr std::array<std::string_view, 6> kContinuations{"and", "but", "or", "also", "then", "otherwise"};
constexpr std::array<std::string_view, 5> kDefinitions{"what", "who", "where", "define", "explain"};

struct Shape {
    std::vector<std::string> words;    ///< folded
    std::vector<std::string> content;  ///< as typed, in order
};

template <class Words>
bool holds(const Words& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool isReference(std::string_view word) {
    return holds(kPronouns, word) || holds(kPointers, word);
}

Shape shapeOf(std::string_view text) {
    Shape shape;
    for (const base::Range& range : base::words(text)) {
        const std::string_view word = text.substr(range.begin, range.size());
        shape.words.push_back(base::foldCase(word));
        if (!retrieve::isStopWord(word) && !isReference(shape.words.back())) shape.content.emplace_back(word);
    }
    return shape;
}

bool isContinuation(const std::vector<std::string>& words) {
    if (words.empty()) return false;
    const bool about = words.size() > 1 && words[1] == "about" && (words[0] == "what" || words[0] == "how");
    return holds(kContinuations, words[0]) || about;
}

bool pointsBack(const std::vector<std::string>& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i < kPronounWithin && holds(kPronouns, words[i])) return true;
        const bool last = i + 1 == words.size();
        if ((i < kPointerWithin || last) && holds(kPointers, words[i])) return true;
    }
    return false;
}

bool isDefinition(const std::vector<std::string>& words) {
    if (words.empty() || !holds(kDefinitions, words[0])) return false;
    return words.size() < 2 || words[0] == "define" || words[0] == "explain" || words[1] == "is" ||
           words[1] == "are" || words[1] == "was" || words[1] == "were" || words[1] == "does";
}

bool leans(const Shape& shape) {
    if (shape.content.size() >= kStandsAlone) return false;
    if (shape.content.empty() || isContinuation(shape.words) || pointsBack(shape.words)) return true;
    return shape.content.size() == 1 && !isDefinition(shape.words);
}

}  // namespace

std::vector<std::string> carriedWords(std::string_view question, const std::vector<Turn>& history) {
    Shape shape = shapeOf(question);
    std::set<std::string> known;
    for (const std::string& word : shape.content) known.insert(retrieve::wordKey(word));
    std::vector<std::string> carried;
    for (std::size_t back = 1; back <= std::min(history.size(), kMostTurns) && leans(shape); ++back) {
        shape = shapeOf(history[history.size() - back].question);
        for (const std::string& word : shape.content)
            if (carried.size() < kMostCarried && known.insert(retrieve::wordKey(word)).second)
                carried.push_back(word);
    }
    return carried;
}

}  // namespace commonplace::answer
