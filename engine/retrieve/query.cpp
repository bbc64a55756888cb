#include "engine/retrieve/query.h"

#include <algorithm>
#include <optional>
#include <unordered_set>

#include "engine/base/text.h"
#include "engine/retrieve/pieces.h"
#include "engine/retrieve/stop_words.h"
#include "engine/retrieve/word_key.h"
#include "engine/store/full_text_form.h"

namespace commonplace::retrieve {
namespace {

constexpr std::size_t kLongestQuery = 16 * 1024;
constexpr std::size_t kMostTerms = 512;
constexpr std::size_t kMostOperators = 16;  ///< required, excluded phrases, filters each; the rest are words
constexpr std::size_t kWidestGap = 2;       ///< stop words between two neighbours ("state of the art")

struct Word {
    std::string text;
    bool isStop = false;
};

std::vector<Word> wordsOf(std::string_view text) {
    std::vector<Word> words;
    for (std::string& term : store::fullTextTerms(text)) {
        const std::vector<std::string> parts = apostropheParts(term);
        const bool isStop = isStopWord(term) || std::all_of(parts.begin(), parts.end(), isStopWord);
        words.push_back({std::move(term), isStop});
    }
    return words;
}

enum class StopWords { Drop, Keep };

class Builder {
  public:
    explicit Builder(Endings endings)
        : m_scripts(endings == Endings::Any ? Scripts::All : Scripts::NotLatin) {}

    void addWords(const std::vector<Word>& words, StopWords policy) {
        for (const Word& word : words) {
            if (word.isStop && policy == StopWords::Drop) {
                remember(m_query.ignored, m_ignoredSeen, base::foldCase(word.text));
            } else {
                for (const std::string& part : apostropheParts(word.text)) addTerm(part);
            }
        }
    }

    /// Neighbours: content words that follow each other, at most kWidestGap stop words between them.
    void addNeighbours(const std::vector<Word>& words) {
        std::optional<std::size_t> last;
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (words[i].isStop) continue;
            if (last && i - *last <= kWidestGap + 1) addNeighbourPhrase(words, *last, i);
            last = i;
        }
    }

    void addNeighbourPhrase(const std::vector<Word>& words, std::size_t first, std::size_t last) {
        std::string phrase = words[first].text;
        for (std::size_t i = first + 1; i <= last; ++i) phrase += ' ' + words[i].text;
        std::string match = store::fullTextPhrase(phrase);
        if (m_query.neighbours.size() >= kMostTerms || !m_neighboursSeen.insert(match).second) return;
        m_query.neighbours.push_back(
            {std::move(match), wordKey(words[first].text), wordKey(words[last].text)});
    }

    void require(std::string_view phrase, const std::vector<Word>& words) {
        m_query.required.push_back(store::fullTextPhrase(phrase));
        const bool onlyStopWords =
            std::all_of(words.begin(), words.end(), [](const Word& w) { return w.isStop; });
        for (const Word& word : words)
            if (!word.isStop || onlyStopWords)
                remember(m_query.phraseKeys, m_phraseKeysSeen, wordKey(word.text));
    }

    void exclude(std::string_view phrase) { m_query.excluded.push_back(store::fullTextPhrase(phrase)); }
    void filter(const Piece& piece) {
        m_query.filters.push_back({piece.field, piece.sense, std::string(piece.text)});
    }
    void addPlain(std::string_view text) { m_query.plain += std::string(text) + ' '; }
    std::size_t requiredCount() const { return m_query.required.size(); }
    std::size_t excludedCount() const { return m_query.excluded.size(); }
    std::size_t filterCount() const { return m_query.filters.size(); }

    ParsedQuery take() && {
        m_query.plain = base::collapseSpace(m_query.plain);
        return std::move(m_query);
    }

  private:
    using Seen = std::unordered_set<std::string>;

    static void remember(std::vector<std::string>& list, Seen& seen, std::string text) {
        if (seen.insert(text).second) list.push_back(std::move(text));
    }

    void addTerm(const std::string& text) {
        std::string key = wordKey(text);
        if (m_query.terms.size() >= kMostTerms || !m_termsSeen.insert(key).second) return;
        const std::string_view beginning = sharedBeginning(text, m_scripts);
        Term term{text, std::move(key), store::fullTextMatch(text), {}};
        if (!beginning.empty()) {
            term.match += " OR " + store::fullTextMatch(beginning) + " *";
            term.prefix = foldedWord(beginning);
        }
        m_query.terms.push_back(std::move(term));
    }

    Scripts m_scripts;
    ParsedQuery m_query;
    Seen m_termsSeen, m_phraseKeysSeen, m_ignoredSeen, m_neighboursSeen;
};

void addPiece(Builder& builder, const Piece& piece, StopWords policy) {
    if (piece.role == Role::Filter && builder.filterCount() < kMostOperators) return builder.filter(piece);
    const std::vector<Word> words = wordsOf(piece.text);
    if (words.empty()) return;
    if (excludes(piece) && builder.excludedCount() < kMostOperators) return builder.exclude(piece.text);
    builder.addPlain(piece.text);
    if (piece.role == Role::Phrase && builder.requiredCount() < kMostOperators)
        return builder.require(piece.text, words);
    builder.addWords(words, policy);
    builder.addNeighbours(words);
}

ParsedQuery build(const std::vector<Piece>& pieces, StopWords policy, Endings endings) {
    Builder builder(endings);
    for (const Piece& piece : pieces) addPiece(builder, piece, policy);
    return std::move(builder).take();
}

}  // namespace

ParsedQuery parse(std::string_view text, const ParseOptions& options) {
    const std::string clean = base::collapseSpace(base::repairUtf8(base::clipUtf8(text, kLongestQuery)));
    const std::vector<Piece> pieces = piecesOf(clean, options.phrases);
    ParsedQuery query = build(pieces, StopWords::Drop, options.endings);
    return query.empty() ? build(pieces, StopWords::Keep, options.endings) : query;
}

ParsedQuery keepRarest(ParsedQuery query, const std::vector<std::int64_t>& frequencies, std::size_t limit) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < query.terms.size(); ++i)
        if (frequencies[i] > 0 || query.terms.size() <= limit) order.push_back(i);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return frequencies[a] < frequencies[b]; });
    order.resize(std::min(order.size(), limit));
    std::sort(order.begin(), order.end());
    std::vector<Term> kept;
    std::unordered_set<std::string> keys;
    for (const std::size_t i : order) {
        keys.insert(query.terms[i].key);
        kept.push_back(std::move(query.terms[i]));
    }
    query.terms = std::move(kept);
    std::erase_if(query.neighbours, [&](const Neighbours& n) {
        return !keys.contains(n.firstKey) || !keys.contains(n.lastKey);
    });
    if (query.neighbours.size() > 2 * limit) query.neighbours.resize(2 * limit);
    return query;
}

std::string anyOf(const std::vector<std::string>& matches) {
    std::string expression;
    for (const std::string& match : matches) expression += (expression.empty() ? "" : " OR ") + match;
    return expression;
}

std::string matchExpression(const ParsedQuery& query) {
    std::vector<std::string> any = query.required;
    for (const Term& term : query.terms) any.push_back(term.match);
    if (any.empty()) return {};
    std::string expression = '(' + anyOf(any) + ')';
    for (const std::string& phrase : query.required) expression = phrase + " AND " + expression;
    if (!query.excluded.empty()) expression = '(' + expression + ") NOT (" + anyOf(query.excluded) + ')';
    return expression;
}

std::string neighbourExpression(const ParsedQuery& query) {
    std::vector<std::string> matches;
    for (const Neighbours& neighbours : query.neighbours) matches.push_back(neighbours.match);
    return anyOf(matches);
}

}  // namespace commonplace::retrieve
