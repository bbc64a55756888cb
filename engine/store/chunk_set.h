// ChunkSet: chunk ids as few intervals. A document's chunks have consecutive ids, so a set of documents is
// about as many intervals. Internal to this room.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/store/index_rows.h"

namespace commonplace::store {

class ChunkSet final {
  public:
    /// Adds the ids first … first + count - 1. Calls come in any order; seal() before the first contains().
    void add(ChunkId first, std::int64_t count);
    void seal();
    bool contains(ChunkId chunk) const;
    bool empty() const { return m_intervals.empty(); }

  private:
    struct Interval {
        ChunkId first;
        ChunkId last;
    };
    std::vector<Interval> m_intervals;
};

}  // namespace commonplace::store
