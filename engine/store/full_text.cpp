// Keyword search: the k best rows by BM25, then who they are. The large chunk rows of the other matches are
// never read.
#include <algorithm>
#include <tuple>

#include "engine/store/bm25.h"
#include "engine/store/chunk_set.h"
#include "engine/store/errors.h"
#include "engine/store/index_state.h"
#include "engine/store/query.h"

namespace commonplace::store {
namespace {

struct RankedHit {
    KeywordHit hit;
    std::string sha256;
    int ordinal = 0;
};

/// The chunks of documents that exist nowhere any more.
ChunkSet missingChunks(Database::Handle& handle) {
    ChunkSet chunks;
    Query query(
        handle,
        "SELECT DISTINCT d.first_chunk, d.chunks FROM path p JOIN document d ON d.id = p.document_id"
        " WHERE p.state = 'missing' AND NOT EXISTS"
        " (SELECT 1 FROM path other WHERE other.document_id = p.document_id AND other.state <> 'missing')");
    while (query.step()) chunks.add(query.integer(0), query.integer(1));
    chunks.seal();
    return chunks;
}

/// Many are found faster by reading all rows than by looking each one up.
ChunkSet chunksOfMany(Database::Handle& handle, const std::vector<DocumentId>& documents) {
    ChunkSet chunks;
    auto next = documents.begin();
    Query query(handle, "SELECT id, first_chunk, chunks FROM document WHERE id BETWEEN ? AND ? ORDER BY id");
    query.bind(documents.front(), documents.back());
    while (query.step()) {
        next = std::find_if(next, documents.end(), [&](DocumentId id) { return id >= query.integer(0); });
        if (next != documents.end() && *next == query.integer(0))
            chunks.add(query.integer(1), query.integer(2));
    }
    chunks.seal();
    return chunks;
}

ChunkSet chunksOf(Database::Handle& handle, const std::vector<DocumentId>& documents) {
    constexpr std::size_t kMany = 256;
    if (documents.size() >= kMany) return chunksOfMany(handle, documents);
    ChunkSet chunks;
    for (const DocumentId id : documents) {
        Query query(handle, "SELECT first_chunk, chunks FROM document WHERE id = ?");
        query.bind(id);
        if (query.step()) chunks.add(query.integer(0), query.integer(1));
    }
    chunks.seal();
    return chunks;
}

std::vector<Match> bestMatches(Database::Handle& handle, const std::string& match, std::size_t k,
                               const DocumentSet& among, const KeywordWeights& weights) {
    const ChunkSet missing = missingChunks(handle);
    const ChunkSet wanted = among ? chunksOf(handle, *among) : ChunkSet();
    if (among && wanted.empty()) return {};
    Bm25::Filter filter;
    if (among || !missing.empty())
        filter = [&](ChunkId chunk) {
            return (!among || wanted.contains(chunk)) && !missing.contains(chunk);
        };
    return Bm25(weights, k, std::move(filter)).best(handle, match);
}

std::vector<RankedHit> lookUp(Database::Handle& handle, const std::vector<Match>& matches) {
    std::vector<RankedHit> hits;
    hits.reserve(matches.size());
    for (const Match& match : matches) {
        Query query(
            handle,
            "SELECT c.document_id, c.ordinal, d.sha256 FROM chunk c JOIN document d ON d.id = c.document_id"
            " WHERE c.id = ?");
        query.bind(match.chunk);
        if (query.step())
            hits.push_back({{match.chunk, query.integer(0), match.score}, query.text(2), query.small(1)});
    }
    return hits;
}

std::vector<KeywordHit> ranked(std::vector<RankedHit> hits, std::size_t k) {
    std::sort(hits.begin(), hits.end(), [](const RankedHit& a, const RankedHit& b) {
        return std::tie(b.hit.bm25, a.sha256, a.ordinal) < std::tie(a.hit.bm25, b.sha256, b.ordinal);
    });
    std::vector<KeywordHit> best;
    for (std::size_t i = 0; i < std::min(k, hits.size()); ++i) best.push_back(hits[i].hit);
    return best;
}

/// FTS5 reports a malformed expression as a plain SQL error.
template <class Value>
Result<Value> blamingExpression(Result<Value> result) {
    if (result || result.error().code() != ErrorCode::Internal) return result;
    return Error(ErrorCode::InvalidArgument, result.error().message());
}

}  // namespace

Result<std::vector<KeywordHit>> IndexStore::keyword(const std::string& match, std::size_t k,
                                                    const DocumentSet& among, const KeywordWeights& weights) {
    if (k == 0 || match.empty()) return std::vector<KeywordHit>();
    Database::Handle& handle = m_state->handle;
    return blamingExpression(reading(handle, "searching", [&]() -> Result<std::vector<KeywordHit>> {
        return ranked(lookUp(handle, bestMatches(handle, match, k, among, weights)), k);
    }));
}

Result<std::vector<std::int64_t>> IndexStore::documentFrequencies(std::span<const std::string> matches) {
    Database::Handle& handle = m_state->handle;
    return blamingExpression(reading(handle, "counting words", [&]() -> Result<std::vector<std::int64_t>> {
        std::vector<std::int64_t> counts;
        for (const std::string& match : matches)
            counts.push_back(
                match.empty()
                    ? 0
                    : scalar(handle, "SELECT count(*) FROM chunk_fts WHERE chunk_fts MATCH ?", match));
        return counts;
    }));
}

}  // namespace commonplace::store
