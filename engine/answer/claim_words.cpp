#include "engine/answer/claim_words.h"

#include <algorithm>

#include "engine/base/text.h"
#include "engine/prompt/prompt.h"
#include "engine/retrieve/stop_words.h"
#include "engine/retrieve/word_key.h"

namespace commonplace::answer {
namespace {

using base::isAsciiDigit;

constexpr std::size_t kLongestLabel = 2;  // content words: "The leave policy [1]", "Source: [1]"
constexpr std::size_t kLongestNumeral = 3;

std::string withoutItemSigns(std::string_view text) {
    std::string rest;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = text.substr(at, end - at);
        rest.append(line.substr(itemSignOf(line))) += '\n';
        at = end + 1;
    }
    return rest;
}

}  // namespace

ClaimWords wordsOf(std::string_view text) {
    ClaimWords keys;
    for (const base::Range& range : base::words(text)) {
        const std::string_view word = text.substr(range.begin, range.size());
        if (std::none_of(word.begin(), word.end(), isAsciiDigit) && !retrieve::isStopWord(word))
            keys.words.insert(retrieve::wordKey(word));
    }
    keys.numbers = writtenNumbers(text);
    return keys;
}

std::string withoutMarkers(std::string_view text) {
    std::string rest;
    std::size_t at = 0;
    for (const prompt::Marker& marker : prompt::markers(text)) {
        rest += text.substr(at, marker.range.begin - at);
        at = marker.range.end;
    }
    return rest += text.substr(at);
}

std::size_t itemSignOf(std::string_view line) {
    std::size_t at = std::min(line.find_first_not_of(" \t-*+>#("), line.size());
    std::size_t end = at;
    while (end < line.size() && isAsciiDigit(line[end])) ++end;
    const bool isNumeral = end > at && end - at <= kLongestNumeral && end + 1 < line.size() &&
                           (line[end] == '.' || line[end] == ')') && line[end + 1] == ' ';
    return isNumeral && !base::trim(line.substr(end + 1)).empty() ? end + 1 : at;
}

ClaimWords wordsOfClaim(std::string_view claim) {
    return wordsOf(withoutItemSigns(withoutMarkers(claim)));
}

bool saysSomething(const ClaimWords& keys) {
    return !keys.words.empty() || !keys.numbers.empty();
}

bool isLabel(const ClaimWords& keys) {
    return keys.words.size() <= kLongestLabel && keys.numbers.empty();
}

std::size_t sharedWords(const ClaimWords& wanted, const ClaimWords& here) {
    return static_cast<std::size_t>(
        std::count_if(wanted.words.begin(), wanted.words.end(),
                      [&](const std::string& one) { return here.words.contains(one); }));
}

}  // namespace commonplace::answer
