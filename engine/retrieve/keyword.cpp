#include "engine/retrieve/keyword.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "engine/retrieve/ranking.h"

namespace commonplace::retrieve {
namespace {

using Hits = std::vector<store::KeywordHit>;

// Neighbours are looked up for the candidates of the pool only, but FTS5 gives its own best first.
constexpr std::size_t kNeighbourPools = 2;
constexpr std::size_t kMostPermitted = 20000;

Result<Hits> find(store::IndexStore& store, const std::string& match, std::size_t k,
                  const store::DocumentSet& among) {
    if (match.empty()) return Hits{};
    return store.keyword(match, k, among, {1.0, kRanking.heading});
}

enum class Newcomers { LeftOut, Added };

void addShare(Hits& hits, const Hits& extra, double share, Newcomers newcomers) {
    std::unordered_map<store::ChunkId, std::size_t> at;
    for (std::size_t i = 0; i < hits.size(); ++i) at.emplace(hits[i].chunk, i);
    for (const store::KeywordHit& hit : extra) {
        const auto known = at.find(hit.chunk);
        if (known != at.end()) {
            hits[known->second].bm25 += share * hit.bm25;
        } else if (newcomers == Newcomers::Added) {
            hits.push_back({hit.chunk, hit.document, share * hit.bm25});
        }
    }
}

/// Carried words may not bring back what the query's own operators forbid.
std::string carriedExpression(const KeywordSearch& search) {
    ParsedQuery carried = search.carried;
    carried.excluded = search.query.excluded;
    return matchExpression(carried);
}

}  // namespace

std::vector<double> rarities(const std::vector<std::int64_t>& frequencies, std::int64_t chunks) {
    std::vector<double> rarity;
    for (const std::int64_t frequency : frequencies) {
        const double n = static_cast<double>(std::min(frequency, chunks));
        rarity.push_back(std::log(1 + (static_cast<double>(chunks) - n + 0.5) / (n + 0.5)));
    }
    return rarity;
}

Result<std::vector<std::int64_t>> termFrequencies(store::IndexStore& store, const ParsedQuery& query) {
    std::vector<std::string> matches;
    for (const Term& term : query.terms) matches.push_back(term.match);
    return store.documentFrequencies(matches);
}

Result<Hits> keywordHits(store::IndexStore& store, const KeywordSearch& search) {
    TRY(Hits hits, find(store, matchExpression(search.query), search.pool, search.among));
    if (!hits.empty()) {
        TRY(const Hits together,
            find(store, neighbourExpression(search.query), kNeighbourPools * search.pool, search.among));
        addShare(hits, together, kRanking.neighbours, Newcomers::LeftOut);
    }
    TRY(const Hits carried, find(store, carriedExpression(search), search.pool, search.among));
    const bool isStrict = !search.query.required.empty();
    addShare(hits, carried, kRanking.carried, isStrict ? Newcomers::LeftOut : Newcomers::Added);
    return hits;
}

Result<Permitted> permittedBy(store::IndexStore& store, const KeywordSearch& search) {
    Permitted permitted;
    permitted.hasRequired = !search.query.required.empty();
    if (permitted.hasRequired) {
        ParsedQuery onlyRequired = search.query;
        onlyRequired.terms.clear();
        TRY(permitted.required, find(store, matchExpression(onlyRequired), kMostPermitted, search.among));
        return permitted;  // the exclusions are part of that expression
    }
    TRY(const Hits excluded, find(store, anyOf(search.query.excluded), kMostPermitted, search.among));
    for (const store::KeywordHit& hit : excluded) permitted.excluded.push_back(hit.chunk);
    std::sort(permitted.excluded.begin(), permitted.excluded.end());
    return permitted;
}

Result<std::vector<store::DocumentId>> documentsExcluded(store::IndexStore& store,
                                                         const KeywordSearch& search, std::size_t most) {
    TRY(const Hits hits, find(store, anyOf(search.query.excluded), most, search.among));
    std::vector<store::DocumentId> documents;
    for (const store::KeywordHit& hit : hits) documents.push_back(hit.document);
    std::sort(documents.begin(), documents.end());
    documents.erase(std::unique(documents.begin(), documents.end()), documents.end());
    return documents;
}

}  // namespace commonplace::retrieve
