// Fusion: two lists of raw scores to one (convex combination; Bruch, Gai & Ingber 2023, arXiv 2210.11934). Pure.
//
//   score = (1 - w) * keyword / max(keyword) + w * (cosine - min) / (max - min)
//
// A passage that no word found has keyword 0. A passage without a vector (its document waits for embedding, or the model
// cannot read it) is not punished: its keyword score stands in for the missing half, as if w were 0 for it alone.
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace commonplace::retrieve {

struct RawScores {
    std::optional<double> keyword;  ///< > 0
    std::optional<double> cosine;
};

struct FusedScore {
    double score = 0;     ///< keyword + semantic, 0 … 1
    double keyword = 0;   ///< what each list contributed
    double semantic = 0;
};

/// One result per input, in order. `weight` (w) in 0 … 1; 0 keeps the order of the keyword scores.
std::vector<FusedScore> fuse(std::span<const RawScores> candidates, double weight);

}  // namespace commonplace::retrieve
