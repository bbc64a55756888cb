// Fusion: two lists of raw scores to one (convex combination; Bruch, Gai & Ingber 2023, arXiv 2210.11934).
// Pure.
//
//   score = (1 - w) * keyword / max(keyword) + w * semantic
//   semantic = (1 - v) * minmax(cosine) + v * minmax(likeness), minmax(x) = (x - min) / (max - min) over the
//   candidates
//
// A passage that no word found has keyword 0. A passage without a vector (its document waits for embedding,
// or the model cannot read it) is not punished: its keyword score stands in for the missing half, as if w
// were 0 for it alone.
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace commonplace::retrieve {

struct RawScores {
    std::optional<double> keyword;   ///< > 0
    std::optional<double> cosine;    ///< to the query
    std::optional<double> likeness;  ///< to the best passages by word (feedback.h); without it v is 0
};

struct FusionWeights {
    double semantic = 0;  ///< w, 0 … 1; 0 keeps the order of the keyword scores
    double likeness = 0;  ///< v, 0 … 1
};

struct FusedScore {
    double score = 0;    ///< keyword + semantic, 0 … 1
    double keyword = 0;  ///< what each list contributed
    double semantic = 0;
};

/// One result per input, in order.
std::vector<FusedScore> fuse(std::span<const RawScores> candidates, const FusionWeights& weights);

}  // namespace commonplace::retrieve
