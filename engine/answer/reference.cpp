#include "engine/answer/reference.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/answer/number_keys.h"
#include "engine/answer/other_language.h"
#include "engine/answer/support.h"
#include "engine/retrieve/stop_words.h"
#include "engine/retrieve/word_key.h"

namespace commonplace::answer {
namespace {

using base::isAsciiDigit;

// Share of the content words of 397 sentences written by a model from the Northwind pages, in the best 200
// words of the page that they were written from, of another page of that document, of another document
// (estimated):
//   .40 keeps 99 %, 36 %, 19 % · .50 keeps 98 %, 20 %, 8 % · .60 keeps 96 %, 6 %, 3 %
// Their numbers stood on the page in 25 of 27 sentences that had any, and on no other page.
constexpr double kEnoughWords = 0.5;
// Against the passages that a search for the question finds, twins of the right one among them
// (bench/support_bench.cpp): the table is in bench/README.md. A higher bound for words alone costs the right
// page much more than being contested by a passage that has nearly all of them.
constexpr double kNearlyAllWords = 0.9;
constexpr double kClearlyMore = 0.3;  // of the claim's words
constexpr std::size_t kClearlyMoreWords = 2;
constexpr std::size_t kLongestLabel = 2;  // content words: "The leave policy [1]", "Source: [1]"
constexpr std::size_t kLongestNumeral = 3;

struct Keys {
    std::set<std::string> words;
    std::vector<WrittenNumber> numbers;
};

Keys keysOf(std::string_view text) {
    Keys keys;
    for (const base::Range& range : base::words(text)) {
        const std::string_view word = text.substr(range.begin, range.size());
        if (std::none_of(word.begin(), word.end(), isAsciiDigit) && !retrieve::isStopWord(word))
            keys.words.insert(retrieve::wordKey(word));
    }
    keys.numbers = writtenNumbers(text);
    return keys;
}

std::string textOf(const retrieve::Passage& passage) {
    return passage.chunk.text + "\n" + contextOf(passage);
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

/// Bytes of what begins an item of a list, "- ", "10. ", "> 2) "; what has no words behind it is no item.
std::size_t itemSignOf(std::string_view line) {
    std::size_t at = std::min(line.find_first_not_of(" \t-*+>#("), line.size());
    std::size_t end = at;
    while (end < line.size() && isAsciiDigit(line[end])) ++end;
    const bool isNumeral = end > at && end - at <= kLongestNumeral && end + 1 < line.size() &&
                           (line[end] == '.' || line[end] == ')') && line[end + 1] == ' ';
    return isNumeral && !base::trim(line.substr(end + 1)).empty() ? end + 1 : at;
}

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

Keys keysOfClaim(std::string_view claim) {
    return keysOf(withoutItemSigns(withoutMarkers(claim)));
}

bool saysSomething(const Keys& keys) {
    return !keys.words.empty() || !keys.numbers.empty();
}

/// A word or two say where something stands, or are the beginning of a sentence.
bool isLabel(const Keys& keys) {
    return keys.words.size() <= kLongestLabel && keys.numbers.empty();
}

bool standTogether(std::string_view between) {
    return base::trim(between).find_first_not_of(",;") == std::string_view::npos;
}

/// Markers that stand together.
struct Group {
    base::Range range;
    std::size_t markers = 0;
    std::set<int> numbers;
};

std::vector<Group> groupsOf(std::string_view answer, const std::vector<prompt::Marker>& markers) {
    std::vector<Group> groups;
    for (const prompt::Marker& marker : markers) {
        const std::size_t end = groups.empty() ? 0 : groups.back().range.end;
        if (groups.empty() || !standTogether(answer.substr(end, marker.range.begin - end)))
            groups.push_back({{marker.range.begin, marker.range.end}, 0, {}});
        Group& group = groups.back();
        group.range.end = marker.range.end;
        group.numbers.insert(marker.numbers.begin(), marker.numbers.end());
        ++group.markers;
    }
    return groups;
}

class Reader {
  public:
    Reader(std::string_view answer, const std::vector<Group>& groups)
        : m_answer(answer), m_groups(groups), m_sentences(base::sentences(answer)) {}

    std::vector<std::string_view> readingsOf(std::size_t index) const {
        const base::Range& marker = m_groups[index].range;
        const std::size_t before = index > 0 ? m_groups[index - 1].range.end : 0;
        const std::size_t next =
            index + 1 < m_groups.size() ? m_groups[index + 1].range.begin : m_answer.size();
        const bool leads = leadsSentence(marker);
        const base::Range sentence = leads ? sentenceFrom(marker) : sentenceAt(marker.begin);
        const std::size_t begin = leads ? marker.begin : std::max(sentence.begin, before);
        const std::string_view own = text(begin, marker.begin);
        const std::string_view after = lineOf(text(marker.end, std::min(next, sentence.end)));
        const bool isOnly = before <= sentence.begin && next >= sentence.end;

        std::vector<std::string_view> readings;
        const Keys keys = keysOfClaim(own);
        if (saysSomething(keys)) readings.push_back(own);
        if (saysSomething(keysOfClaim(after)) && !goesOn(after)) {
            if (isLabel(keys))
                readings = {text(begin, marker.end + after.size())};
            else if (leadsClause(own))
                readings.push_back(text(clauseOf(own, begin), marker.end + after.size()));
        }
        const bool isWhole = isOnly && (isLabel(keys) || !goesOn(after));
        if (isWhole || readings.empty()) readings.push_back(text(sentence.begin, sentence.end));
        return readings;
    }

  private:
    std::string_view text(std::size_t begin, std::size_t end) const {
        return m_answer.substr(begin, std::max(begin, end) - begin);
    }
    static std::string_view lineOf(std::string_view text) { return text.substr(0, text.find('\n')); }

    /// At the beginning of a line, or of a sentence that goes on in small letters; a marker behind a full
    /// stop belongs to what it ends.
    bool leadsSentence(const base::Range& marker) const {
        const std::size_t newline = m_answer.substr(0, marker.begin).rfind('\n');
        const std::size_t line = newline == std::string_view::npos ? 0 : newline + 1;
        const std::string_view behind = lineOf(m_answer.substr(marker.end));
        const std::string_view lead = text(line, marker.begin);
        if (lead.find_first_not_of(" \t-*+>#") == std::string_view::npos ||
            itemSignOf(text(line, marker.end)) == lead.size())
            return saysSomething(keysOfClaim(behind));
        const std::string_view words = base::trim(behind);
        return base::trim(lead).ends_with('.') && !words.empty() && words[0] >= 'a' && words[0] <= 'z';
    }

    base::Range sentenceFrom(const base::Range& marker) const {
        for (const base::Range& sentence : m_sentences)
            if (sentence.end > marker.end) return {marker.begin, sentence.end};
        return {marker.begin, m_answer.size()};
    }

    /// The sentence that a place ends or stands in.
    base::Range sentenceAt(std::size_t place) const {
        base::Range found{0, place};
        for (const base::Range& sentence : m_sentences)
            if (sentence.begin < place) found = {sentence.begin, std::max(place, sentence.end)};
        return found;
    }

    /// "[1] and lapses in March [2]": that is the next marker's.
    static bool goesOn(std::string_view after) {
        const std::vector<base::Range> words = base::words(after);
        if (words.empty()) return false;
        const std::string first = base::foldCase(after.substr(words[0].begin, words[0].size()));
        return first == "and" || first == "or" || first == "but" || first == "while" || first == "whereas";
    }

    /// Where the clause begins that the marker behind `own` stands in.
    static std::size_t clauseOf(std::string_view own, std::size_t begin) {
        const std::size_t sign = own.find_last_of(",;:");
        return begin + (sign == std::string_view::npos ? 0 : sign + 1);
    }
    /// "…, whereas [2] grants": one word is no clause. "…, while in [2]": nothing ends with a preposition.
    static bool leadsClause(std::string_view own) {
        const std::string_view clause = own.substr(clauseOf(own, 0));
        const Keys keys = keysOfClaim(clause);
        if (clause.size() < own.size() && keys.words.size() <= 1 && keys.numbers.empty()) return true;
        const std::vector<base::Range> words = base::words(own);
        return !words.empty() && retrieve::isStopWord(own.substr(words.back().begin, words.back().size()));
    }

    std::string_view m_answer;
    const std::vector<Group>& m_groups;
    std::vector<base::Range> m_sentences;
};

std::size_t sharedWords(const Keys& wanted, const Keys& here) {
    return static_cast<std::size_t>(
        std::count_if(wanted.words.begin(), wanted.words.end(),
                      [&](const std::string& one) { return here.words.contains(one); }));
}

bool isSupported(const Keys& wanted, const Keys& here, const std::set<std::string>& numbers) {
    if (!saysSomething(wanted)) return false;
    const bool allNumbers = std::all_of(wanted.numbers.begin(), wanted.numbers.end(),
                                        [&](const WrittenNumber& one) { return isAmong(one, numbers); });
    return allNumbers && static_cast<double>(sharedWords(wanted, here)) >=
                             kEnoughWords * static_cast<double>(wanted.words.size());
}

/// Who opens the one sees the other. What has no pages is told apart by its passages.
bool areOnOnePage(const retrieve::Passage& one, const retrieve::Passage& other) {
    if (one.chunk.id == other.chunk.id) return true;
    return one.document.sha256 == other.document.sha256 && one.page > 0 && one.page <= other.pageEnd &&
           other.page <= one.pageEnd;
}

}  // namespace

std::vector<Claim> claimsOf(std::string_view answer, const std::vector<prompt::Marker>& markers) {
    const std::vector<Group> groups = groupsOf(answer, markers);
    const Reader reader(answer, groups);
    std::vector<Claim> claims;
    for (std::size_t i = 0; i < groups.size(); ++i)
        claims.insert(claims.end(), groups[i].markers, {reader.readingsOf(i), groups[i].numbers});
    return claims;
}

struct ClaimJudge::Said {
    Keys keys;
    std::set<std::string> numbers;
};

ClaimJudge::ClaimJudge(const Evidence& evidence, std::vector<std::size_t> given)
    : m_evidence(evidence), m_given(std::move(given)) {}

const ClaimJudge::Said& ClaimJudge::saidBy(std::size_t passage) {
    std::shared_ptr<const Said>& said = m_said[passage];
    if (said == nullptr) {
        const std::string text = textOf(m_evidence.passages()[passage]);
        said = std::make_shared<const Said>(Said{keysOf(text), numberKeys(text)});
    }
    return *said;
}

Finding ClaimJudge::judge(const Claim& claim, std::size_t passage, const std::vector<std::size_t>& together) {
    const Said& here = saidBy(passage);
    std::set<std::string> numbers = here.numbers;
    for (const std::size_t other : together)
        numbers.insert(saidBy(other).numbers.begin(), saidBy(other).numbers.end());
    bool says = false, foreign = false;
    std::optional<Finding> contested;
    for (const std::string_view reading : claim.readings) {
        const Keys wanted = keysOfClaim(reading);
        if (isSupported(wanted, here.keys, numbers)) {
            const auto better = betterThan(passage, reading, together);
            if (!better) return {Judgement::Supported, reading};
            if (!contested) contested = {Judgement::NotSupported, reading, better};
        }
        says = says || !isLabel(wanted);
        foreign =
            foreign || isInOtherLanguage(withoutMarkers(reading), m_evidence.passages()[passage].chunk.text);
    }
    if (contested) return *contested;
    const std::string_view first = claim.readings.empty() ? std::string_view() : claim.readings.front();
    if (foreign) return {Judgement::NotJudged, first};
    return {says ? Judgement::NotSupported : Judgement::NoClaim, first};
}

std::optional<std::size_t> ClaimJudge::betterThan(std::size_t passage, std::string_view reading,
                                                  const std::vector<std::size_t>& together) {
    const Keys wanted = keysOfClaim(reading);
    const auto all = static_cast<double>(wanted.words.size());
    const std::size_t here = sharedWords(wanted, saidBy(passage).keys);
    std::optional<std::size_t> best;
    std::size_t most = here + kClearlyMoreWords - 1;
    for (const std::size_t other : m_given) {
        if (std::find(together.begin(), together.end(), other) != together.end() ||
            areOnOnePage(m_evidence.passages()[passage], m_evidence.passages()[other]))
            continue;
        const Said& there = saidBy(other);
        const std::size_t shared = sharedWords(wanted, there.keys);
        const bool isClear = static_cast<double>(shared) >= kNearlyAllWords * all &&
                             static_cast<double>(shared - std::min(here, shared)) >= kClearlyMore * all;
        if (shared <= most || !isClear || !isSupported(wanted, there.keys, there.numbers)) continue;
        best = other;
        most = shared;
    }
    return best;
}

const Sentence* bestSentence(std::string_view claim, std::size_t passage, const Evidence& evidence) {
    const Keys wanted = keysOfClaim(claim);
    const Sentence* best = nullptr;
    std::size_t most = 0;
    for (const Sentence& sentence : evidence.sentences()) {
        if (sentence.passage != passage) continue;
        const Keys said = keysOf(sentence.quote);
        const std::set<std::string> numbers = numberKeys(sentence.quote);
        std::size_t shared = 0;
        for (const std::string& key : said.words) shared += wanted.words.count(key);
        for (const WrittenNumber& number : wanted.numbers) shared += numbers.count(number.value);
        if (best != nullptr && shared <= most) continue;
        best = &sentence;
        most = shared;
    }
    return best;
}

}  // namespace commonplace::answer
