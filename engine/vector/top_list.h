// TopList: the k best chunks out of a stream of row scores, where a chunk may come up several times.
//
// Candidates at or above the running threshold are collected and thinned out now and then, so that offering
// costs one comparison for nearly every row. Exact: the threshold is the k-th best distinct chunk seen so
// far, which can only rise. Thread: one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace commonplace::vector {

struct Candidate {
    float score = 0;
    std::uint32_t row = 0;
    std::int64_t chunk = 0;
};

class TopList final {
  public:
    explicit TopList(std::size_t k);

    /// A score below this cannot enter the list.
    float threshold() const { return m_threshold; }
    void offer(const Candidate& candidate);
    /// The best candidate of each of the k best chunks, best first; ties by chunk.
    std::vector<Candidate> take();

  private:
    void thin();

    std::size_t m_k;
    std::size_t m_limit;
    float m_threshold = -std::numeric_limits<float>::infinity();
    std::vector<Candidate> m_candidates;
};

}  // namespace commonplace::vector
