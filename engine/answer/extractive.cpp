#include "engine/answer/extractive.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <numeric>
#include <set>

#include "engine/answer/lead_in.h"
#include "engine/answer/proof.h"
#include "engine/answer/support.h"
#include "engine/retrieve/stop_words.h"
#include "engine/retrieve/word_key.h"

namespace commonplace::answer {
namespace {

// Chosen on Northwind (201 questions, the gold page among the cited ones; share of the gold answer's words
// quoted), where the surface is flat: any other weight halved or doubled moves it by less than .05. Passages
// must weigh most: the search ranks pages better (first passage right in .80) than single sentences do (.50
// to .60).
constexpr double kPassage = 2.0;  // × score / best score of the search
constexpr double kCoverage = 0.4;
constexpr double kContext = 0.2;  // what headings, title and file name add to the coverage
constexpr double kCosine = 0.4;
constexpr double kFragment = 0.35, kShort = 0.1, kLong = 0.15, kHeading = 0.3, kNoStop = 0.15,
                 kQuestion = 0.2;
constexpr std::size_t kFragmentWords = 6, kShortWords = 8, kLongWords = 50, kMostWords = 90;

constexpr std::size_t kEmbedded = 30;   // 20 and all of them quote the same pages
constexpr double kLeastOfBest = 0.8;    // of the best score
constexpr double kLeastCoverage = 0.3;  // of the best coverage, or
constexpr double kLeastCosine = 0.8;    // of the best cosine: the passage alone makes no answer
constexpr double kSame = 0.6;           // share of common words from which two sentences say the same
constexpr std::size_t kMostPages = 3, kMostQuotes = 4, kMostPerPage = 2, kNearest = 3;
constexpr std::size_t kAnnouncedWords = 60;  // of what follows a colon

bool endsWithStop(std::string_view text) {
    constexpr std::u32string_view kStops = U".!?;:…。！？：；";
    constexpr std::u32string_view kClosers = U"\"'”’»)]";
    for (int i = 0; i < 3 && !text.empty(); ++i) {
        std::size_t last = text.size() - 1;
        while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
        const char32_t value = base::decodeUtf8(text, last).value;
        if (kStops.find(value) != std::u32string_view::npos) return true;
        if (kClosers.find(value) == std::u32string_view::npos) return false;
        text = text.substr(0, last);
    }
    return false;
}

double shapePenalty(const Sentence& sentence) {
    if (sentence.quote.ends_with(':')) return 0;  // goes on with what it announces
    double penalty = 0;
    if (sentence.words < kFragmentWords)
        penalty += kFragment;
    else if (sentence.words < kShortWords)
        penalty += kShort;
    if (sentence.words > kLongWords) penalty += kLong;
    if (looksLikeHeading(sentence.quote)) penalty += kHeading;
    if (!endsWithStop(sentence.quote)) penalty += kNoStop;
    if (sentence.quote.ends_with('?')) penalty += kQuestion;
    return penalty;
}

void sortByScore(std::vector<ScoredSentence>& scored) {
    std::stable_sort(scored.begin(), scored.end(),
                     [](const ScoredSentence& a, const ScoredSentence& b) { return a.score > b.score; });
}

std::vector<ScoredSentence> scoreByWords(const Evidence& evidence, const QuestionWords& words) {
    std::vector<Found> contexts;
    for (const retrieve::Passage& passage : evidence.passages())
        contexts.push_back(words.findIn(contextOf(passage)));
    const double best = evidence.passages().empty() ? 0 : evidence.passages().front().score;
    std::vector<ScoredSentence> scored;
    for (std::size_t i = 0; i < evidence.sentences().size(); ++i) {
        const Sentence& sentence = evidence.sentences()[i];
        if (sentence.repeated || sentence.words < kMinimumWords || sentence.words > kMostWords) continue;
        const Found found = words.findIn(sentence.quote);
        const double coverage = words.share(found);
        const double context = words.share(united(found, contexts[sentence.passage])) - coverage;
        const double passage = best > 0 ? evidence.passages()[sentence.passage].score / best : 0;
        const double score =
            kPassage * passage + kCoverage * coverage + kContext * context - shapePenalty(sentence);
        scored.push_back({i, score, coverage, 0});
    }
    sortByScore(scored);
    return scored;
}

Result<void> addMeaning(std::vector<ScoredSentence>& scored, const Evidence& evidence,
                        std::string_view question, const document::Embedder& embedder, std::stop_token stop) {
    const std::size_t count = std::min(scored.size(), kEmbedded);
    std::vector<std::string_view> quotes;
    for (std::size_t i = 0; i < count; ++i) quotes.push_back(evidence.sentences()[scored[i].index].quote);
    const auto embedded = embedder.embedQuestion(question, quotes, stop);
    if (!embedded && embedded.error().code() == ErrorCode::Cancelled) return embedded.error();
    // A model that is away judges nothing; the words still do.
    if (!embedded || embedded->count() != quotes.size() + 1) return {};
    const document::Vectors& vectors = *embedded;
    const std::span<const float> wanted = vectors.row(0);
    for (std::size_t i = 0; i < count; ++i) {
        const std::span<const float> row = vectors.row(i + 1);
        scored[i].cosine = std::inner_product(wanted.begin(), wanted.end(), row.begin(), 0.0);
        scored[i].score += kCosine * scored[i].cosine;
    }
    scored.resize(count);
    sortByScore(scored);
    return {};
}

/// Content words as keys.
std::set<std::string> keysOf(std::string_view text) {
    std::set<std::string> keys;
    for (const base::Range& range : base::words(text)) {
        const std::string_view word = text.substr(range.begin, range.size());
        if (!retrieve::isStopWord(word)) keys.insert(retrieve::wordKey(word));
    }
    return keys;
}

bool saySame(const std::set<std::string>& a, const std::set<std::string>& b) {
    std::size_t common = 0;
    for (const std::string& key : a) common += b.count(key);
    const std::size_t all = a.size() + b.size() - common;
    return all == 0 || static_cast<double>(common) > kSame * static_cast<double>(all);
}

class Chooser {
  public:
    Chooser(const Evidence& evidence, const std::vector<ScoredSentence>& scored)
        : m_evidence(evidence), m_scored(scored) {
        for (const ScoredSentence& one : scored) {
            m_bestCoverage = std::max(m_bestCoverage, one.coverage);
            m_bestCosine = std::max(m_bestCosine, one.cosine);
        }
    }

    std::vector<Sentence> run() && {
        for (const ScoredSentence& one : m_scored)
            if (m_chosen.size() < kMostPages && isEligible(one)) take(one, 1);
        const std::map<PageKey, std::size_t> firstPages = m_onPage;
        for (const ScoredSentence& one : m_scored)
            if (m_chosen.size() < kMostQuotes && isEligible(one) && firstPages.contains(pageOf(one.index)))
                take(one, kMostPerPage);
        return inReadingOrder();
    }

  private:
    using PageKey = std::pair<store::DocumentId, int>;
    struct Choice {
        std::size_t index = 0;
        std::set<std::string> keys;
    };

    const Sentence& sentence(std::size_t index) const { return m_evidence.sentences()[index]; }
    PageKey pageOf(std::size_t index) const {
        const store::ChunkRow& chunk = m_evidence.passages()[sentence(index).passage].chunk;
        return {chunk.document, chunk.spans[sentence(index).span].page};
    }

    bool isEligible(const ScoredSentence& one) const {
        const bool onTopic = (one.coverage > 0 && one.coverage >= kLeastCoverage * m_bestCoverage) ||
                             (one.cosine > 0 && one.cosine >= kLeastCosine * m_bestCosine);
        return onTopic && (m_chosen.empty() || one.score >= kLeastOfBest * m_bestScore);
    }

    void take(const ScoredSentence& one, std::size_t mostPerPage) {
        std::size_t& onPage = m_onPage.try_emplace(pageOf(one.index), 0).first->second;
        if (onPage >= mostPerPage) return;
        std::set<std::string> keys = keysOf(sentence(one.index).quote);
        for (const Choice& known : m_chosen)
            if (saySame(known.keys, keys)) return;
        if (m_chosen.empty()) m_bestScore = one.score;
        ++onPage;
        m_chosen.push_back({one.index, std::move(keys)});
    }

    /// Pages in the order of their best sentence, sentences of a page as they stand.
    std::vector<Sentence> inReadingOrder() const {
        std::map<PageKey, std::size_t> rank;
        std::vector<std::size_t> order;
        for (const Choice& choice : m_chosen) {
            rank.try_emplace(pageOf(choice.index), rank.size());
            order.push_back(choice.index);
        }
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            const auto place = [&](std::size_t i) {
                return std::pair(rank.at(pageOf(i)), sentence(i).onPage.begin);
            };
            return place(a) < place(b);
        });
        std::vector<Sentence> result;
        for (const std::size_t index : order) append(result, index);
        return result;
    }

    void append(std::vector<Sentence>& result, std::size_t index) const {
        Sentence next = sentence(index);
        if (next.quote.ends_with(':')) next = withAnnounced(index);
        if (!result.empty() && goesOn(result.back(), next)) {
            result.back() = joined(result.back(), next);
        } else {
            result.push_back(std::move(next));
        }
    }

    bool goesOn(const Sentence& first, const Sentence& next) const {
        const auto page = [&](const Sentence& s) { return m_evidence.page(s.passage, s.span); };
        if (page(first) != page(next) || next.onPage.begin < first.onPage.begin) return false;
        if (next.onPage.begin <= first.onPage.end) return true;
        const std::string_view between = std::string_view(page(first)->text)
                                             .substr(first.onPage.end, next.onPage.begin - first.onPage.end);
        return base::trim(between).empty();
    }

    Sentence joined(Sentence first, const Sentence& next) const {
        if (next.onPage.end <= first.onPage.end) return first;
        first.onPage.end = next.onPage.end;
        first.quote = m_evidence.quoteAt(first);
        first.words = base::words(first.quote).size();
        return first;
    }

    /// "Here are some tips:" is no answer; the tips are.
    Sentence withAnnounced(std::size_t index) const {
        Sentence result = sentence(index);
        const auto& all = m_evidence.sentences();
        for (std::size_t i = index + 1; i < all.size(); ++i) {
            if (all[i].passage != result.passage || all[i].span != result.span) break;
            if (result.words + all[i].words > kAnnouncedWords + sentence(index).words) break;
            if (i > index + 1 && !all[i].item) break;  // the list is over
            result = joined(result, all[i]);
        }
        return result;
    }

    const Evidence& m_evidence;
    const std::vector<ScoredSentence>& m_scored;
    double m_bestCoverage = 0, m_bestCosine = 0, m_bestScore = 0;
    std::map<PageKey, std::size_t> m_onPage;
    std::vector<Choice> m_chosen;
};

/// Nothing in a quotation is markup: a page may hold "[1]", a link or an image.
std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (std::string_view("\\`*[]<").find(c) != std::string_view::npos) result += '\\';
        result += c;
    }
    return result;
}

/// A sentence that goes on elsewhere, on the next page for example, ends with a word and not with a mark.
bool goesOn(std::string_view quote) {
    constexpr std::size_t kSentenceBytes = 40;  // shorter ones are headings and cells of tables
    if (quote.size() < kSentenceBytes) return false;
    const unsigned char last = static_cast<unsigned char>(quote.back());
    return std::isalnum(last) != 0 || last == ',' || last == ';' || last == '-';
}

}  // namespace

Result<std::vector<ScoredSentence>> scoreSentences(const Evidence& evidence, const QuestionWords& words,
                                                   const document::Embedder* embedder, std::stop_token stop) {
    std::vector<ScoredSentence> scored = scoreByWords(evidence, words);
    if (embedder != nullptr && !scored.empty() && !words.plain().empty())
        TRY_VOID(addMeaning(scored, evidence, words.plain(), *embedder, stop));
    return scored;
}

std::vector<Sentence> chooseSentences(const Evidence& evidence, const std::vector<ScoredSentence>& scored) {
    return Chooser(evidence, scored).run();
}

std::vector<Sentence> nearestSentences(const Evidence& evidence, const std::vector<ScoredSentence>& scored) {
    std::vector<Sentence> result;
    for (std::size_t passage = 0; passage < evidence.passages().size() && result.size() < kNearest;
         ++passage) {
        const auto best = std::find_if(scored.begin(), scored.end(), [&](const ScoredSentence& one) {
            return evidence.sentences()[one.index].passage == passage;
        });
        if (best != scored.end()) result.push_back(evidence.sentences()[best->index]);
    }
    return result;
}

std::string quotedText(const std::vector<document::Citation>& citations) {
    std::string text =
        "Your documents say (found by search and quoted word for word, not written by a model):";
    for (const document::Citation& citation : citations)
        text += "\n\n> “" + escaped(citation.quote) + (goesOn(citation.quote) ? " …” [" : "” [") +
                std::to_string(citation.number) + "]";
    return text;
}

}  // namespace commonplace::answer
