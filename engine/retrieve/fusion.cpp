#include "engine/retrieve/fusion.h"

#include <algorithm>
#include <limits>

namespace commonplace::retrieve {
namespace {

class Bounds {
  public:
    void include(const std::optional<double>& value) {
        if (!value) return;
        m_least = std::min(m_least, *value);
        m_most = std::max(m_most, *value);
    }
    double most() const { return m_most; }
    /// 0 for the least, 1 for the most; all equal: none is worse than another.
    double place(double value) const { return m_most > m_least ? (value - m_least) / (m_most - m_least) : 1; }

  private:
    double m_least = std::numeric_limits<double>::infinity();
    double m_most = -std::numeric_limits<double>::infinity();
};

struct ListBounds {
    Bounds keyword, cosine, likeness;
};

ListBounds boundsOf(std::span<const RawScores> candidates) {
    ListBounds bounds;
    for (const RawScores& raw : candidates) {
        bounds.keyword.include(raw.keyword);
        bounds.cosine.include(raw.cosine);
        bounds.likeness.include(raw.likeness);
    }
    return bounds;
}

double keywordPart(const RawScores& raw, const ListBounds& bounds) {
    return raw.keyword && bounds.keyword.most() > 0 ? *raw.keyword / bounds.keyword.most() : 0;
}

double semanticPart(const RawScores& raw, const ListBounds& bounds, double likenessWeight) {
    const double near = bounds.cosine.place(*raw.cosine);
    if (!raw.likeness) return near;
    return (1 - likenessWeight) * near + likenessWeight * bounds.likeness.place(*raw.likeness);
}

}  // namespace

std::vector<FusedScore> fuse(std::span<const RawScores> candidates, const FusionWeights& weights) {
    const ListBounds bounds = boundsOf(candidates);
    std::vector<FusedScore> fused;
    fused.reserve(candidates.size());
    for (const RawScores& raw : candidates) {
        FusedScore one;
        const double share = raw.cosine ? weights.semantic : 0;
        one.keyword = (1 - share) * keywordPart(raw, bounds);
        if (raw.cosine) one.semantic = share * semanticPart(raw, bounds, weights.likeness);
        one.score = one.keyword + one.semantic;
        fused.push_back(one);
    }
    return fused;
}

}  // namespace commonplace::retrieve
