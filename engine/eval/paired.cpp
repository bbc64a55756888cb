#include <algorithm>
#include <cmath>

#include "engine/eval/eval.h"

namespace commonplace::eval {

PairedDifference pairedDifference(const RetrievalReport& a, const RetrievalReport& b) {
    const std::size_t n = std::min(a.ndcg10PerQuery.size(), b.ndcg10PerQuery.size());
    if (n == 0) return {};
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += a.ndcg10PerQuery[i] - b.ndcg10PerQuery[i];
    const double mean = sum / static_cast<double>(n);
    double squares = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double off = a.ndcg10PerQuery[i] - b.ndcg10PerQuery[i] - mean;
        squares += off * off;
    }
    const double variance = n > 1 ? squares / static_cast<double>(n - 1) : 0;
    const double half = 1.96 * std::sqrt(variance / static_cast<double>(n));
    return {mean, mean - half, mean + half};
}

}  // namespace commonplace::eval
