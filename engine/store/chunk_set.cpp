#include "engine/store/chunk_set.h"

#include <algorithm>

namespace commonplace::store {

void ChunkSet::add(ChunkId first, std::int64_t count) {
    if (count <= 0) return;
    const ChunkId last = first + count - 1;
    if (!m_intervals.empty() && m_intervals.back().last + 1 == first)
        m_intervals.back().last = last;
    else
        m_intervals.push_back({first, last});
}

void ChunkSet::seal() {
    std::sort(m_intervals.begin(), m_intervals.end(),
              [](const Interval& a, const Interval& b) { return a.first < b.first; });
}

bool ChunkSet::contains(ChunkId chunk) const {
    const auto after =
        std::upper_bound(m_intervals.begin(), m_intervals.end(), chunk,
                         [](ChunkId id, const Interval& interval) { return id < interval.first; });
    return after != m_intervals.begin() && chunk <= std::prev(after)->last;
}

}  // namespace commonplace::store
