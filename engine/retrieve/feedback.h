// Feedback: what the best passages by word have in common, as vectors (pseudo-relevance feedback, Rocchio
// 1971, in the embedding space). A passage that resembles them is likelier to be about the same thing than
// its own words show.
//
// Only when the words leave it open which passage is meant: a question with one clear best passage is not
// blurred.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/retrieve/term_matcher.h"
#include "engine/store/index_store.h"

namespace commonplace::retrieve {

/// A passage to learn from: its words around the best match.
struct Seed {
    store::ChunkId chunk = 0;
    std::string text;
};

/// The best passages by word; none when there are too few, or the last of them is far behind the first.
Result<std::vector<Seed>> seedsOf(store::IndexStore& store, std::vector<store::KeywordHit> byWord,
                                  const TermMatcher& matcher);

/// Cosines of some chunks to one vector; nullopt where a chunk has none.
using Cosines = std::vector<std::optional<double>>;

/// How much each chunk is like the seeds: the mean of its cosines to them (`toSeeds`: one row a seed), a seed
/// not compared with itself. Pure.
Cosines likeness(const std::vector<store::ChunkId>& chunks, const std::vector<Seed>& seeds,
                 const std::vector<Cosines>& toSeeds);

}  // namespace commonplace::retrieve
