#include "engine/retrieve/feedback.h"

#include <algorithm>

#include "engine/retrieve/ranking.h"
#include "engine/retrieve/snippet.h"

namespace commonplace::retrieve {
namespace {

bool isBetter(const store::KeywordHit& a, const store::KeywordHit& b) {
    return a.bm25 != b.bm25 ? a.bm25 > b.bm25 : a.chunk < b.chunk;
}

}  // namespace

Result<std::vector<Seed>> seedsOf(store::IndexStore& store, std::vector<store::KeywordHit> byWord,
                                  const TermMatcher& matcher) {
    std::vector<Seed> seeds;
    if (byWord.size() <= kRanking.seeds) return seeds;
    const auto last = byWord.begin() + static_cast<std::ptrdiff_t>(kRanking.seeds);
    std::partial_sort(byWord.begin(), last, byWord.end(), isBetter);
    if (std::prev(last)->bm25 < kRanking.leastSeed * byWord.front().bm25) return seeds;
    std::vector<store::ChunkId> ids;
    for (auto hit = byWord.begin(); hit != last; ++hit) ids.push_back(hit->chunk);
    TRY(const auto chunks, store.chunks(ids));
    for (const store::ChunkRow& chunk : chunks)
        seeds.push_back(
            {chunk.id, bestSnippet(chunk.text, {0, chunk.text.size()}, matcher, kRanking.seedWords).text});
    return seeds;
}

Cosines likeness(const std::vector<store::ChunkId>& chunks, const std::vector<Seed>& seeds,
                 const std::vector<Cosines>& toSeeds) {
    Cosines likeness;
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        double sum = 0;
        std::size_t count = 0;
        for (std::size_t seed = 0; seed < seeds.size(); ++seed) {
            if (seeds[seed].chunk == chunks[i] || !toSeeds[seed][i]) continue;
            sum += *toSeeds[seed][i];
            ++count;
        }
        likeness.push_back(count > 0 ? std::optional<double>(sum / static_cast<double>(count))
                                     : std::nullopt);
    }
    return likeness;
}

}  // namespace commonplace::retrieve
