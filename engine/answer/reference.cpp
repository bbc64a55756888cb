#include "engine/answer/reference.h"

#include <algorithm>
#include <utility>

#include "engine/answer/negation.h"
#include "engine/answer/other_language.h"
#include "engine/answer/support.h"

namespace commonplace::answer {
namespace {

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
constexpr double kSameWords = 0.8;  // of a claim, in a sentence that says the same or the opposite
constexpr double kNearCopy = 0.9;   // of the words of the cited passage

std::string textOf(const retrieve::Passage& passage) {
    return passage.chunk.text + "\n" + contextOf(passage);
}

bool isSupported(const ClaimWords& wanted, const ClaimWords& here, const std::set<std::string>& numbers) {
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

double shareOf(std::size_t some, std::size_t all) {
    return all == 0 ? 0 : static_cast<double>(some) / static_cast<double>(all);
}

/// Of `all` wanted words, `there` and `here` stand in two passages.
bool isClearlyMore(std::size_t there, std::size_t here, std::size_t all) {
    return there >= here + kClearlyMoreWords && shareOf(there, all) >= kNearlyAllWords &&
           shareOf(there - here, all) >= kClearlyMore;
}

/// The part between commas that shares most words with a claim: what a sentence denies elsewhere is not
/// meant.
std::string_view nearestClause(std::string_view sentence, const ClaimWords& wanted) {
    std::string_view nearest = sentence;
    std::size_t most = 0;
    for (std::size_t begin = 0; begin < sentence.size();) {
        const std::size_t end = std::min(sentence.find_first_of(",;:", begin), sentence.size());
        const std::string_view clause = sentence.substr(begin, end - begin);
        if (const std::size_t shared = sharedWords(wanted, wordsOf(clause)); shared > most) {
            most = shared;
            nearest = clause;
        }
        begin = end + 1;
    }
    return nearest;
}

}  // namespace

ClaimJudge::ClaimJudge(const Evidence& evidence, std::vector<std::size_t> given)
    : m_evidence(evidence), m_given(std::move(given)) {}

const ClaimJudge::Said& ClaimJudge::saidBy(std::size_t passage) {
    std::shared_ptr<const Said>& said = m_said[passage];
    if (said == nullptr) {
        const std::string text = textOf(m_evidence.passages()[passage]);
        said = std::make_shared<const Said>(Said{wordsOf(text), numberKeys(text)});
    }
    return *said;
}

std::set<std::string> ClaimJudge::numbersOf(const std::vector<std::size_t>& passages) {
    std::set<std::string> numbers;
    for (const std::size_t one : passages)
        numbers.insert(saidBy(one).numbers.begin(), saidBy(one).numbers.end());
    return numbers;
}

Finding ClaimJudge::judge(const Claim& claim, std::size_t passage, const std::vector<std::size_t>& together) {
    std::set<std::string> numbers = numbersOf(together);
    numbers.merge(numbersOf({passage}));
    Finding finding{Judgement::NoClaim, claim.readings.empty() ? std::string_view() : claim.readings.front()};
    std::optional<Finding> contested;
    bool isForeign = false;
    for (const std::string_view reading : claim.readings) {
        const ClaimWords wanted = wordsOfClaim(reading);
        if (isSupported(wanted, saidBy(passage).words, numbers)) {
            const auto better = betterThan(passage, wanted, together);
            if (!better) return {judgementOfSame(reading, wanted, passage), reading};
            if (!contested) contested = {Judgement::Contested, reading, better};
        }
        if (!isLabel(wanted)) finding.judgement = Judgement::NotSupported;
        isForeign = isForeign ||
                    isInOtherLanguage(withoutMarkers(reading), m_evidence.passages()[passage].chunk.text);
    }
    // A passage in the answer's own language has more of its words, whatever the cited one says.
    if (isForeign) finding.judgement = Judgement::NotJudged;
    return contested && !isForeign ? *contested : finding;
}

// The same words with a "not" more or less say the opposite, or the same in another way: words do not tell.
Judgement ClaimJudge::judgementOfSame(std::string_view reading, const ClaimWords& wanted,
                                      std::size_t passage) const {
    const Sentence* const said = bestSentence(reading, passage, m_evidence);
    if (said == nullptr) return Judgement::Supported;
    if (shareOf(sharedWords(wanted, wordsOf(said->quote)), wanted.words.size()) < kSameWords)
        return Judgement::Supported;
    const bool isDenied = isNegated(withoutMarkers(reading));
    const bool isOpposite =
        isDenied ? !isNegated(said->quote) : isNegated(nearestClause(said->quote, wanted));
    return isOpposite ? Judgement::NotJudged : Judgement::Supported;
}

std::optional<std::size_t> ClaimJudge::betterThan(std::size_t passage, const ClaimWords& wanted,
                                                  const std::vector<std::size_t>& together) {
    const std::size_t here = sharedWords(wanted, saidBy(passage).words);
    std::optional<std::size_t> best;
    std::size_t most = here;
    for (const std::size_t other : m_given) {
        const Said& there = saidBy(other);
        const std::size_t shared = sharedWords(wanted, there.words);
        if (shared <= most || !isClearlyMore(shared, here, wanted.words.size()) ||
            !isSupported(wanted, there.words, there.numbers) || !mayContest(other, passage, together))
            continue;
        best = other;
        most = shared;
    }
    return best;
}

bool ClaimJudge::mayContest(std::size_t other, std::size_t passage,
                            const std::vector<std::size_t>& together) {
    if (std::find(together.begin(), together.end(), other) != together.end()) return false;
    if (areOnOnePage(m_evidence.passages()[passage], m_evidence.passages()[other])) return false;
    const ClaimWords& cited = saidBy(passage).words;
    return shareOf(sharedWords(cited, saidBy(other).words), cited.words.size()) < kNearCopy;
}

const Sentence* bestSentence(std::string_view claim, std::size_t passage, const Evidence& evidence) {
    const ClaimWords wanted = wordsOfClaim(claim);
    const Sentence* best = nullptr;
    std::size_t most = 0;
    for (const Sentence& sentence : evidence.sentences()) {
        if (sentence.passage != passage) continue;
        const ClaimWords said = wordsOf(sentence.quote);
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
