#include "engine/retrieve/snippet.h"

#include <algorithm>
#include <optional>

#include "engine/chunk/chunker.h"

namespace commonplace::retrieve {
namespace {

constexpr std::size_t kContextWords = 8;  // shown before a match when its sentence starts further away
constexpr double kRepeatShare = 0.1;      // a word found again says little
constexpr double kAdjacentShare = 0.3;    // two query words side by side say more than apart
constexpr double kSentenceStartBonus = 0.05;
constexpr std::size_t kMostBytes = 1200;  // "words" of encoded data may be long

/// The words of a text and which of them match.
struct Layout {
    std::vector<base::Range> words;
    std::vector<TermMatch> matches;
    std::vector<std::optional<std::size_t>> termOfWord;
};

Layout layOut(std::string_view text, const TermMatcher& matcher) {
    Layout layout{base::words(text), {}, {}};
    layout.matches = matcher.find(text, layout.words);
    layout.termOfWord.resize(layout.words.size());
    std::size_t word = 0;
    for (const TermMatch& match : layout.matches) {
        while (word < layout.words.size() && layout.words[word].end <= match.range.begin) ++word;
        if (word < layout.words.size() && !layout.termOfWord[word]) layout.termOfWord[word] = match.term;
    }
    return layout;
}

double windowScore(const Layout& layout, std::size_t first, std::size_t last,
                   const std::vector<double>& weights) {
    std::vector<bool> seen(weights.size());
    double score = 0;
    for (std::size_t i = first; i < last; ++i) {
        if (!layout.termOfWord[i]) continue;
        const std::size_t term = *layout.termOfWord[i];
        score += seen[term] ? kRepeatShare * weights[term] : weights[term];
        seen[term] = true;
        const bool isAdjacent = i > first && layout.termOfWord[i - 1] && *layout.termOfWord[i - 1] != term;
        if (isAdjacent) score += kAdjacentShare * std::min(weights[term], weights[*layout.termOfWord[i - 1]]);
    }
    return score;
}

struct Start {
    std::size_t word = 0;
    bool startsSentence = false;
};

/// Sentence starts, and a few words before each match for sentences that are too long.
std::vector<Start> possibleStarts(std::string_view text, const Layout& layout) {
    std::vector<Start> starts;
    std::size_t word = 0;
    for (const base::Range& sentence : base::sentences(text)) {
        while (word < layout.words.size() && layout.words[word].begin < sentence.begin) ++word;
        if (word < layout.words.size()) starts.push_back({word, true});
    }
    for (std::size_t i = 0; i < layout.words.size(); ++i)
        if (layout.termOfWord[i]) starts.push_back({i - std::min(i, kContextWords), false});
    return starts;
}

struct Window {
    std::size_t first = 0, last = 0;  ///< words
    double score = -1;
};

/// Of equally good windows the last that starts a sentence, so that it begins where the matches do; the first
/// of a text without matches.
Window bestWindow(std::string_view text, const Layout& layout, const std::vector<double>& weights,
                  std::size_t size) {
    Window best;
    for (const Start& start : possibleStarts(text, layout)) {
        const std::size_t last = std::min(start.word + size, layout.words.size());
        const double matches = windowScore(layout, start.word, last, weights);
        const double score = matches + (start.startsSentence ? kSentenceStartBonus : 0);
        const bool isNoWorse = score == best.score && matches > 0 && start.startsSentence;
        if (score > best.score || isNoWorse) best = {start.word, last, score};
    }
    return best.score >= 0 ? best : Window{0, std::min(size, layout.words.size()), 0};
}

/// The bytes of a window with the punctuation that is glued to its ends.
base::Range bytesOf(std::string_view text, const Layout& layout, const Window& window) {
    const auto isBlank = [](char c) { return c == ' ' || c == '\n'; };  // what clean() leaves of white space
    const std::size_t floor = window.first == 0 ? 0 : layout.words[window.first - 1].end;
    const std::size_t ceiling =
        window.last == layout.words.size() ? text.size() : layout.words[window.last].begin;
    base::Range range{layout.words[window.first].begin, layout.words[window.last - 1].end};
    while (range.begin > floor && !isBlank(text[range.begin - 1])) --range.begin;
    while (range.end < ceiling && !isBlank(text[range.end])) ++range.end;
    return range;
}

/// The same within kMostBytes: fewer words, or the beginning of a single one.
base::Range boundedBytesOf(std::string_view text, const Layout& layout, Window window) {
    base::Range range = bytesOf(text, layout, window);
    for (; range.size() > kMostBytes && window.last - window.first > 1; range = bytesOf(text, layout, window))
        --window.last;
    return {range.begin,
            range.begin + base::clipUtf8(text.substr(range.begin, range.size()), kMostBytes).size()};
}

/// A slice of a page with collapsed white space, and where each of its bytes went.
struct Collapsed {
    std::string text;
    std::vector<std::size_t> offset;  ///< size slice.size() + 1
};

Collapsed collapse(std::string_view slice) {
    Collapsed collapsed;
    collapsed.offset.resize(slice.size() + 1);
    bool pendingSpace = false;
    for (std::size_t at = 0; at < slice.size();) {
        const base::CodePoint point = base::decodeUtf8(slice, at);
        if (base::isSpace(point.value)) {
            pendingSpace = !collapsed.text.empty();
        } else {
            if (pendingSpace) collapsed.text += ' ';
            pendingSpace = false;
        }
        for (std::size_t i = 0; i < point.bytes; ++i) {
            collapsed.offset[at + i] = collapsed.text.size() + (base::isSpace(point.value) ? 0 : i);
        }
        if (!base::isSpace(point.value)) collapsed.text += slice.substr(at, point.bytes);
        at += point.bytes;
    }
    collapsed.offset[slice.size()] = collapsed.text.size();
    return collapsed;
}

void addMark(std::vector<base::Range>& marks, const base::Range& mark) {
    if (mark.size() == 0) return;
    if (!marks.empty() && mark.begin < marks.back().end) {
        marks.back().end = std::max(marks.back().end, mark.end);
    } else {
        marks.push_back(mark);
    }
}

}  // namespace

Snippet bestSnippet(std::string_view pageText, const base::Range& span, const TermMatcher& matcher,
                    std::size_t words) {
    const std::size_t begin = std::min(span.begin, pageText.size());
    const std::string_view slice = pageText.substr(begin, std::min(span.end, pageText.size()) - begin);
    const chunk::CleanText clean = chunk::clean(slice);
    const Layout layout = layOut(clean.text, matcher);
    if (layout.words.empty()) return {};
    const Window window = bestWindow(clean.text, layout, matcher.weights(), words);
    const base::Range bytes = boundedBytesOf(clean.text, layout, window);
    const std::size_t from = clean.sourceOffset[bytes.begin];
    const Collapsed shown = collapse(slice.substr(from, clean.sourceOffset[bytes.end] - from));
    Snippet snippet{shown.text, {}, window.score};
    for (const TermMatch& match : layout.matches) {
        if (match.range.begin < bytes.begin || match.range.end > bytes.end) continue;
        addMark(snippet.marks, {shown.offset[clean.sourceOffset[match.range.begin] - from],
                                shown.offset[clean.sourceOffset[match.range.end] - from]});
    }
    return snippet;
}

}  // namespace commonplace::retrieve
