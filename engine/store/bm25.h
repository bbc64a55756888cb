// Bm25: the k best rows of one full-text query, without computing the score of all.
//
// FTS5's own bm25() looks up the length of every matching passage, most of the time of a search. This is the
// same formula (Robertson & Zaragoza 2009, k1 = 1.2, b = 0.75) as an FTS5 auxiliary function that sees the
// rows one by one: a row whose score could not reach the k best even if it were infinitely short is dropped
// before its length is read. Exact, also in its ties. The weight of a term is ln(1 + (N - n + 0.5) / (n +
// 0.5)), which is never negative: FTS5's turns a word that more than half of the passages hold into nothing,
// and in a library of five notes that is most words.
//
// Internal to this room. Thread: that of its connection.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "engine/store/handle.h"
#include "engine/store/index_rows.h"

struct Fts5ExtensionApi;
struct Fts5Context;

namespace commonplace::store {

struct Match {
    ChunkId chunk = 0;
    double score = 0;  ///< higher is better
};

class Bm25 final {
  public:
    using Filter = std::function<bool(ChunkId)>;

    Bm25(const KeywordWeights& weights, std::size_t k, Filter filter)
        : m_weights(weights), m_k(k), m_filter(std::move(filter)) {}

    /// Runs the query: the k best rows that pass the filter, and all that tie with the last of them, in no
    /// order.
    std::vector<Match> best(Database::Handle& handle, const std::string& match);

    /// One matching row; returns an SQLite result code. For the auxiliary function only.
    int see(const Fts5ExtensionApi& api, Fts5Context* row);

  private:
    int start(const Fts5ExtensionApi& api, Fts5Context* row);
    int countTerms(const Fts5ExtensionApi& api, Fts5Context* row);
    double score(double lengthFactor) const;
    void keepBest();

    KeywordWeights m_weights;
    std::size_t m_k;
    Filter m_filter;
    bool m_started = false;
    double m_meanLength = 1;
    std::vector<double> m_termWeights;  // per phrase of the expression
    std::vector<double> m_counts;       // of the current row, weighted by column
    std::vector<Match> m_matches;
    double m_threshold = 0;  // the k-th best score so far
};

/// Makes the auxiliary function known to a connection.
void registerBm25(Database::Handle& handle);

}  // namespace commonplace::store
