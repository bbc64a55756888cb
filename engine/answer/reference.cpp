#include "engine/answer/reference.h"

#include <algorithm>
#include <string>

#include "engine/answer/support.h"
#include "engine/retrieve/stop_words.h"
#include "engine/retrieve/word_key.h"

namespace commonplace::answer {
namespace {

// Share of the content words of 397 sentences written by a model from the Northwind pages, in the best 200
// words of the page that they were written from, of another page of that document, of another document:
//   .40 keeps 99 %, 36 %, 19 % · .50 keeps 98 %, 20 %, 8 % · .60 keeps 96 %, 6 %, 3 %
// Their numbers stood on the page in 25 of 27 sentences that had any, and on no other page.
constexpr double kEnoughWords = 0.5;
constexpr std::size_t kLeastDigits = 2;  // "5" is as often "five"

struct Keys {
    std::set<std::string> words;
    std::set<std::string> numbers;  // their digits
};

/// "12,500" and "12 500" are one number; "007" is 7.
std::string digitsOf(std::string_view word) {
    std::string digits;
    for (const char c : word)
        if (c >= '0' && c <= '9' && !(digits.empty() && c == '0')) digits += c;
    return digits;
}

Keys keysOf(std::string_view text) {
    Keys keys;
    for (const base::Range& range : base::words(text)) {
        const std::string_view word = text.substr(range.begin, range.size());
        const std::string digits = digitsOf(word);
        if (digits.size() >= kLeastDigits) keys.numbers.insert(digits);
        if (digits.empty() && !retrieve::isStopWord(word)) keys.words.insert(retrieve::wordKey(word));
    }
    return keys;
}

Keys keysOf(const retrieve::Passage& passage) {
    return keysOf(passage.chunk.text + "\n" + contextOf(passage));
}

/// Without markers: their numbers say nothing about the topic.
std::string withoutMarkers(std::string_view text) {
    std::string rest;
    std::size_t at = 0;
    for (const prompt::Marker& marker : prompt::markers(text)) {
        rest += text.substr(at, marker.range.begin - at);
        at = marker.range.end;
    }
    return rest += text.substr(at);
}

Keys keysOfClaim(std::string_view claim) {
    return keysOf(withoutMarkers(claim));
}

bool saysSomething(std::string_view claim) {
    const Keys keys = keysOfClaim(claim);
    return !keys.words.empty() || !keys.numbers.empty();
}

bool standTogether(std::string_view between) {
    return base::trim(between).find_first_not_of(",;") == std::string_view::npos;
}

/// The sentence that a place ends or stands in; a marker behind the full stop belongs to what it ends.
base::Range sentenceAt(std::size_t place, const std::vector<base::Range>& sentences) {
    base::Range found{0, place};
    for (const base::Range& sentence : sentences)
        if (sentence.begin < place) found = {sentence.begin, std::max(place, sentence.end)};
    return found;
}

std::string_view textOf(std::string_view answer, std::size_t before, std::size_t marker,
                        const base::Range& sentence) {
    const std::size_t begin = std::max(sentence.begin, before);
    const std::string_view own = answer.substr(begin, marker - begin);
    return saysSomething(own) ? own : answer.substr(sentence.begin, sentence.size());
}

}  // namespace

std::vector<Claim> claimsOf(std::string_view answer, const std::vector<prompt::Marker>& markers) {
    const std::vector<base::Range> sentences = base::sentences(answer);
    std::vector<Claim> claims;
    std::size_t groupEnd = 0;
    for (std::size_t first = 0; first < markers.size();) {
        Claim claim;
        std::size_t last = first;
        while (last + 1 < markers.size() &&
               standTogether(answer.substr(markers[last].range.end,
                                           markers[last + 1].range.begin - markers[last].range.end)))
            ++last;
        for (std::size_t i = first; i <= last; ++i)
            claim.numbers.insert(markers[i].numbers.begin(), markers[i].numbers.end());
        const std::size_t begin = markers[first].range.begin;
        claim.text = textOf(answer, groupEnd, begin, sentenceAt(begin, sentences));
        claims.insert(claims.end(), last - first + 1, claim);
        groupEnd = markers[last].range.end;
        first = last + 1;
    }
    return claims;
}

bool isSupported(const Claim& claim, std::size_t passage, const std::vector<std::size_t>& together,
                 const Evidence& evidence) {
    const Keys wanted = keysOfClaim(claim.text);
    if (wanted.words.empty() && wanted.numbers.empty()) return false;
    const Keys here = keysOf(evidence.passages()[passage]);
    std::set<std::string> numbers = here.numbers;
    for (const std::size_t other : together) numbers.merge(keysOf(evidence.passages()[other]).numbers);
    const bool allNumbers = std::all_of(wanted.numbers.begin(), wanted.numbers.end(),
                                        [&](const std::string& one) { return numbers.contains(one); });
    const auto shared = std::count_if(wanted.words.begin(), wanted.words.end(),
                                      [&](const std::string& one) { return here.words.contains(one); });
    return allNumbers &&
           static_cast<double>(shared) >= kEnoughWords * static_cast<double>(wanted.words.size());
}

const Sentence* bestSentence(std::string_view claim, std::size_t passage, const Evidence& evidence) {
    const Keys wanted = keysOfClaim(claim);
    const Sentence* best = nullptr;
    std::size_t most = 0;
    for (const Sentence& sentence : evidence.sentences()) {
        if (sentence.passage != passage) continue;
        const Keys said = keysOf(sentence.quote);
        std::size_t shared = 0;
        for (const std::string& key : said.words) shared += wanted.words.count(key);
        for (const std::string& key : said.numbers) shared += wanted.numbers.count(key);
        if (best != nullptr && shared <= most) continue;
        best = &sentence;
        most = shared;
    }
    return best;
}

}  // namespace commonplace::answer
