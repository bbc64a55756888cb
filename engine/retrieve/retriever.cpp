#include "engine/retrieve/retriever.h"

#include <algorithm>

#include "engine/base/clock.h"
#include "engine/retrieve/candidates.h"
#include "engine/retrieve/feedback.h"
#include "engine/retrieve/filters.h"
#include "engine/retrieve/keyword.h"
#include "engine/retrieve/passages.h"
#include "engine/retrieve/ranking.h"
#include "engine/retrieve/semantic.h"
#include "engine/retrieve/term_matcher.h"
#include "engine/trace/names.h"

namespace commonplace::retrieve {
namespace {

constexpr std::size_t kJudgedBytes = 4096;  // enough of a query to know its language

Error cancelled() {
    return {ErrorCode::Cancelled, "the search was cancelled"};
}

Result<store::DocumentSet> documentsWithin(store::IndexStore& store, const std::vector<std::string>& within) {
    if (within.empty()) return store::DocumentSet();
    TRY(auto ids, store.documentsUnder(within));
    if (ids.empty())
        return Error(ErrorCode::NotFound, "nothing is indexed at or below " + within.front() +
                                              (within.size() > 1 ? " and the other places" : "") +
                                              ": index it first, or search everywhere");
    return store::DocumentSet(std::move(ids));
}

Error nothingToFind() {
    return {
        ErrorCode::InvalidArgument,
        "the query only says what must not occur: add a word to look for, or put it in quotation marks to "
        "find it as it stands"};
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += word + ' ';
    return text;
}

/// One search from start to end; lives as long as it.
class Search {
  public:
    Search(const Sources& sources, const Query& query, std::stop_token stop, const trace::Span& span)
        : m_sources(sources), m_query(query), m_stop(std::move(stop)), m_span(span) {}

    Result<Results> run() {
        m_results.query = m_query.text;
        m_results.mode = m_query.mode;
        TRY_VOID(prepare());
        if (m_query.limit == 0) return std::move(m_results);
        if (!m_search.query.empty()) {
            TRY_VOID(find());
        } else if (!m_search.query.filters.empty()) {
            TRY_VOID(list());
        }
        return std::move(m_results);
    }

  private:
    Result<void> prepare() {
        TRY(const store::Counts counts, m_sources.store.counts(m_sources.space));
        m_results.coverage = {counts.indexed, counts.documentsWithVectors};
        m_chunks = counts.chunks;
        TRY(m_search.among, documentsWithin(m_sources.store, m_query.within));
        m_search.pool = m_query.pool.value_or(std::max(kRanking.pool, m_query.limit));
        TRY_VOID(filter());
        m_search.carried = parse(joined(m_query.carriedWords), {Phrases::Required, endings()});
        return readQuery(Phrases::Required);
    }

    /// Narrows everything that follows to the documents that the filters leave.
    Result<void> filter() {
        const ParsedQuery query = parse(m_query.text);
        if (query.onlyExcludes()) return nothingToFind();
        m_affinity = affinity(query.filters.empty() ? m_query.text : query.plain);
        if (query.filters.empty()) return {};
        TRY(m_left, documentsLeft(m_sources.store, query.filters, m_stop));
        m_search.among = intersection(m_search.among, m_left);
        return {};
    }

    /// Without a judge of languages English is assumed: its stems are in the index.
    double affinity(std::string_view text) const {
        if (m_sources.embedder == nullptr) return 1;
        return std::clamp(m_sources.embedder->affinity(base::clipUtf8(text, kJudgedBytes)), 0.0, 1.0);
    }
    bool isForeign() const { return m_affinity < kRanking.leastAffinity; }
    Endings endings() const { return isForeign() ? Endings::Any : Endings::English; }

    Result<void> readQuery(Phrases phrases) {
        ParsedQuery query = parse(m_query.text, {phrases, endings()});
        TRY(auto frequencies, termFrequencies(m_sources.store, query));
        m_search.query = keepRarest(std::move(query), frequencies, kRanking.mostTerms);
        if (m_search.query.terms.size() < frequencies.size()) {
            TRY(frequencies, termFrequencies(m_sources.store, m_search.query));
        }
        m_rarity = rarities(frequencies, m_chunks);
        m_results.ignored = m_search.query.ignored;
        return {};
    }

    /// Filters without words: the first passage of each document that they leave, by path.
    Result<void> list() {
        TRY(const auto excluded,
            documentsExcluded(m_sources.store, m_search, static_cast<std::size_t>(m_chunks)));
        std::vector<Candidate> candidates;
        for (const Left& one : m_left) {
            const bool isWanted =
                std::binary_search(m_search.among->begin(), m_search.among->end(), one.document) &&
                !std::binary_search(excluded.begin(), excluded.end(), one.document);
            if (isWanted && one.firstChunk != 0 && candidates.size() < m_search.pool)
                candidates.push_back({one.firstChunk, one.document, {}, {}});
        }
        TRY(const DocumentRows documents, documentsOf(m_sources.store, candidates));
        const TermMatcher matcher(m_search.query, m_rarity);
        TRY(m_results.passages,
            passages(m_sources.store, {candidates, documents, matcher, m_query.limit, m_query.detail},
                     m_stop));
        return {};
    }

    Result<void> find() {
        trace::Span step = m_span.child("keyword");
        TRY_VOID(step.checked(findByWord()));
        step.set(trace::kHits, m_byWord.size());
        const TermMatcher matcher(m_search.query, m_rarity);
        m_results.terms = matcher.keys();
        step = m_span.child("semantic");
        TRY_VOID(step.checked(findByMeaning(matcher)));
        step.set(trace::kHits, m_byMeaning.size());
        step.set(trace::kSemanticWeight, m_results.semanticWeight);
        step = m_span.child("fusion");
        std::vector<Candidate> candidates = unite(m_byWord, m_byMeaning);
        TRY(const DocumentRows documents, documentsOf(m_sources.store, candidates));
        if (m_query.mode != Mode::Semantic)
            addFileNames(candidates, documents, m_search.query, m_rarity, kRanking.fileName);
        score(candidates);
        sortByScore(candidates, documents);
        if (m_stop.stop_requested()) return cancelled();
        TRY(m_results.passages,
            passages(m_sources.store, {candidates, documents, matcher, m_query.limit, m_query.detail},
                     m_stop));
        return {};
    }

    Result<void> findByWord() {
        const bool onlyMeaning = m_query.mode == Mode::Semantic && m_search.query.required.empty();
        if (onlyMeaning) return {};
        TRY(m_byWord, keywordHits(m_sources.store, m_search));
        if (!m_byWord.empty() || m_search.query.required.empty()) return {};
        TRY_VOID(readQuery(Phrases::Optional));
        TRY(m_byWord, keywordHits(m_sources.store, m_search));
        m_results.relaxed = !m_byWord.empty();
        return {};
    }

    Result<void> findByMeaning(const TermMatcher& matcher) {
        if (m_query.mode == Mode::Semantic) m_byWord.clear();
        const double weight = semanticWeight();
        if (weight <= kRanking.leastWeight) return {};
        if (m_query.mode == Mode::Hybrid && m_search.query.required.empty()) {
            TRY(m_seeds, seedsOf(m_sources.store, m_byWord, matcher));
        }
        const std::string text = m_search.query.plain + ' ' + joined(m_query.carriedWords);
        auto vector = embedQuery(*m_sources.embedder, text, m_seeds, m_stop);
        if (!vector && m_query.mode == Mode::Hybrid && vector.error().code() != ErrorCode::Cancelled) {
            m_results.withoutMeaning = vector.error().message();  // the words still find
            return {};
        }
        TRY(m_vector, std::move(vector));
        if (m_stop.stop_requested()) return cancelled();
        if (!m_vector.usable()) return {};
        m_results.semanticWeight = weight;
        TRY(const Permitted permitted, permittedBy(m_sources.store, m_search));
        m_byMeaning = nearest(*m_sources.vectors, m_vector, m_search.pool, permitted, m_search.among);
        return {};
    }

    double semanticWeight() const {
        const bool hasVectors =
            m_sources.embedder != nullptr && m_sources.vectors != nullptr && m_sources.vectors->rows() > 0;
        if (m_query.mode == Mode::Keyword || !hasVectors) return 0;
        if (m_query.mode == Mode::Semantic) return 1;
        if (m_byWord.empty() && isForeign()) return 0;
        return std::clamp(m_sources.embedder->fusionWeight() * m_affinity, 0.0, 1.0);
    }

    void score(std::vector<Candidate>& candidates) const {
        if (m_results.semanticWeight > 0) addCosines(candidates);
        std::vector<RawScores> raw;
        for (const Candidate& candidate : candidates) raw.push_back(candidate.raw);
        const std::vector<FusedScore> fused = fuse(raw, {m_results.semanticWeight, kRanking.likeness});
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            candidates[i].fused = fused[i];
            if (m_query.mode == Mode::Semantic)  // one list: its own scale says more than a place in the pool
                candidates[i].fused = {raw[i].cosine.value_or(0), 0, raw[i].cosine.value_or(0)};
        }
    }

    /// Exact for every candidate, whichever list it came from.
    void addCosines(std::vector<Candidate>& candidates) const {
        std::vector<store::ChunkId> chunks;
        for (const Candidate& candidate : candidates) chunks.push_back(candidate.chunk);
        const Cosines toQuery = cosines(*m_sources.vectors, m_vector.values, chunks);
        std::vector<Cosines> toSeeds;
        for (const std::vector<float>& seed : m_vector.seeds)
            toSeeds.push_back(cosines(*m_sources.vectors, seed, chunks));
        const Cosines like = likeness(chunks, m_seeds, toSeeds);
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            candidates[i].raw.cosine = toQuery[i];
            candidates[i].raw.likeness = like[i];
        }
    }

    const Sources& m_sources;
    const Query& m_query;
    std::stop_token m_stop;
    const trace::Span& m_span;
    KeywordSearch m_search;
    double m_affinity = 1;         ///< of the model to the query's language
    std::vector<double> m_rarity;  ///< of m_search.query.terms
    std::int64_t m_chunks = 0;
    std::vector<Left> m_left;  ///< by the filters, if there are any
    std::vector<store::KeywordHit> m_byWord;
    std::vector<Seed> m_seeds;
    QueryVector m_vector;
    std::vector<vector::Hit> m_byMeaning;
    Results m_results;
};

Result<void> check(const Query& query, const Sources& sources) {
    if (base::trim(query.text).empty())
        return Error(ErrorCode::InvalidArgument, "the query is empty: type some words");
    const bool noVectors = sources.embedder == nullptr || sources.vectors == nullptr;
    if (query.mode == Mode::Semantic && noVectors)
        return Error(ErrorCode::InvalidArgument,
                     "this library has no vectors: search by keyword, or index with vectors");
    return {};
}

}  // namespace

Result<Results> Retriever::search(const Query& query, std::stop_token stop, const trace::Span& span) const {
    const base::Stopwatch watch;
    TRY_VOID(check(query, m_sources));
    if (stop.stop_requested()) return cancelled();
    TRY(Results results, Search(m_sources, query, std::move(stop), span).run());
    results.tookMs = watch.milliseconds();
    return results;
}

}  // namespace commonplace::retrieve
