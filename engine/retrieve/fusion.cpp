#include "engine/retrieve/fusion.h"

#include <algorithm>
#include <limits>

namespace commonplace::retrieve {
namespace {

struct Bounds {
    double bestKeyword = 0;
    double leastCosine = std::numeric_limits<double>::infinity();
    double bestCosine = -std::numeric_limits<double>::infinity();
};

Bounds boundsOf(std::span<const RawScores> candidates) {
    Bounds bounds;
    for (const RawScores& raw : candidates) {
        bounds.bestKeyword = std::max(bounds.bestKeyword, raw.keyword.value_or(0));
        bounds.leastCosine = std::min(bounds.leastCosine, raw.cosine.value_or(bounds.leastCosine));
        bounds.bestCosine = std::max(bounds.bestCosine, raw.cosine.value_or(bounds.bestCosine));
    }
    return bounds;
}

double keywordPart(const RawScores& raw, const Bounds& bounds) {
    return bounds.bestKeyword > 0 ? raw.keyword.value_or(0) / bounds.bestKeyword : 0;
}

double semanticPart(double cosine, const Bounds& bounds) {
    const double range = bounds.bestCosine - bounds.leastCosine;
    return range > 0 ? (cosine - bounds.leastCosine) / range : 1;  // all equal: none is worse than another
}

}  // namespace

std::vector<FusedScore> fuse(std::span<const RawScores> candidates, double weight) {
    const Bounds bounds = boundsOf(candidates);
    std::vector<FusedScore> fused;
    fused.reserve(candidates.size());
    for (const RawScores& raw : candidates) {
        FusedScore one;
        const double share = raw.cosine ? weight : 0;
        one.keyword = (1 - share) * keywordPart(raw, bounds);
        if (raw.cosine) one.semantic = share * semanticPart(*raw.cosine, bounds);
        one.score = one.keyword + one.semantic;
        fused.push_back(one);
    }
    return fused;
}

}  // namespace commonplace::retrieve
