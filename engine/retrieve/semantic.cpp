#include "engine/retrieve/semantic.h"

#include <algorithm>

namespace commonplace::retrieve {
namespace {

bool isBefore(const vector::Hit& a, const vector::Hit& b) {
    return a.cosine != b.cosine ? a.cosine > b.cosine : a.chunk < b.chunk;
}

std::vector<vector::Hit> nearestRequired(const vector::ResidentIndex& vectors, const QueryVector& query,
                                         std::size_t pool, const std::vector<store::KeywordHit>& required) {
    std::vector<store::ChunkId> chunks;
    for (const store::KeywordHit& hit : required) chunks.push_back(hit.chunk);
    const Cosines exact = cosines(vectors, query.values, chunks);
    std::vector<vector::Hit> hits;
    for (std::size_t i = 0; i < chunks.size(); ++i)
        if (exact[i])
            hits.push_back({required[i].chunk, required[i].document, static_cast<float>(*exact[i])});
    std::sort(hits.begin(), hits.end(), isBefore);
    hits.resize(std::min(hits.size(), pool));
    return hits;
}

/// Nothing for the zero vector of a text that the model cannot read.
std::vector<float> usableRow(std::span<const float> row) {
    if (std::all_of(row.begin(), row.end(), [](float value) { return value == 0; })) return {};
    return {row.begin(), row.end()};
}

}  // namespace

Result<QueryVector> embedQuery(const document::Embedder& embedder, std::string_view text,
                               const std::vector<Seed>& seeds, std::stop_token stop) {
    QueryVector query;
    if (text.empty()) return query;
    std::vector<std::string_view> passages;
    for (const Seed& seed : seeds) passages.push_back(seed.text);
    TRY(const document::Vectors vectors, embedder.embedQuestion(text, passages, stop));
    if (vectors.count() != passages.size() + 1) return query;
    query.values = usableRow(vectors.row(0));
    for (std::size_t i = 0; i < passages.size(); ++i) query.seeds.push_back(usableRow(vectors.row(i + 1)));
    return query;
}

std::vector<vector::Hit> nearest(const vector::ResidentIndex& vectors, const QueryVector& query,
                                 std::size_t pool, const Permitted& permitted,
                                 const store::DocumentSet& among) {
    if (permitted.hasRequired) return nearestRequired(vectors, query, pool, permitted.required);
    vector::DocumentFilter filter;
    if (among)
        filter = [&](std::int64_t document) {
            return std::binary_search(among->begin(), among->end(), document);
        };
    std::vector<vector::Hit> hits = vectors.topChunks(query.values, pool + permitted.excluded.size(), filter);
    std::erase_if(hits, [&](const vector::Hit& hit) {
        return std::binary_search(permitted.excluded.begin(), permitted.excluded.end(), hit.chunk);
    });
    hits.resize(std::min(hits.size(), pool));
    return hits;
}

Cosines cosines(const vector::ResidentIndex& vectors, std::span<const float> values,
                const std::vector<store::ChunkId>& chunks) {
    constexpr float kNoVector = -1;
    Cosines exact;
    for (const float cosine : vectors.scores(values, chunks))
        exact.push_back(cosine > kNoVector ? std::optional<double>(cosine) : std::nullopt);
    return exact;
}

}  // namespace commonplace::retrieve
