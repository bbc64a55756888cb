#include "engine/answer/claims.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "engine/answer/claim_words.h"
#include "engine/base/text.h"
#include "engine/retrieve/stop_words.h"

namespace commonplace::answer {
namespace {

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
        const ClaimWords keys = wordsOfClaim(own);
        if (saysSomething(keys)) readings.push_back(own);
        if (saysSomething(wordsOfClaim(after)) && !goesOn(after)) {
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
            return saysSomething(wordsOfClaim(behind));
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
        const ClaimWords keys = wordsOfClaim(clause);
        if (clause.size() < own.size() && keys.words.size() <= 1 && keys.numbers.empty()) return true;
        const std::vector<base::Range> words = base::words(own);
        return !words.empty() && retrieve::isStopWord(own.substr(words.back().begin, words.back().size()));
    }

    std::string_view m_answer;
    const std::vector<Group>& m_groups;
    std::vector<base::Range> m_sentences;
};

}  // namespace

std::vector<Claim> claimsOf(std::string_view answer, const std::vector<prompt::Marker>& markers) {
    const std::vector<Group> groups = groupsOf(answer, markers);
    const Reader reader(answer, groups);
    std::vector<Claim> claims;
    for (std::size_t i = 0; i < groups.size(); ++i)
        claims.insert(claims.end(), groups[i].markers, {reader.readingsOf(i), groups[i].numbers});
    return claims;
}

}  // namespace commonplace::answer
