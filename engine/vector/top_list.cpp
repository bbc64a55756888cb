#include "engine/vector/top_list.h"

#include <algorithm>

namespace commonplace::vector {
namespace {

bool ranksBefore(const Candidate& a, const Candidate& b) {
    return a.score != b.score ? a.score > b.score : a.chunk < b.chunk;
}

/// Groups the rows of a chunk, best first; of equal rows the earlier one.
bool groupsBefore(const Candidate& a, const Candidate& b) {
    if (a.chunk != b.chunk) return a.chunk < b.chunk;
    return a.score != b.score ? a.score > b.score : a.row < b.row;
}

}  // namespace

TopList::TopList(std::size_t k) : m_k(k), m_limit(2 * k + 256) {
    m_candidates.reserve(m_limit);
}

void TopList::offer(const Candidate& candidate) {
    if (candidate.score < m_threshold || m_k == 0) return;
    m_candidates.push_back(candidate);
    if (m_candidates.size() >= m_limit) thin();
}

void TopList::thin() {
    std::sort(m_candidates.begin(), m_candidates.end(), groupsBefore);
    const auto sameChunk = [](const Candidate& a, const Candidate& b) { return a.chunk == b.chunk; };
    m_candidates.erase(std::unique(m_candidates.begin(), m_candidates.end(), sameChunk), m_candidates.end());
    if (m_candidates.size() < m_k) return;
    const auto last = m_candidates.begin() + static_cast<std::ptrdiff_t>(m_k - 1);
    std::nth_element(m_candidates.begin(), last, m_candidates.end(), ranksBefore);
    m_threshold = last->score;
    m_candidates.resize(m_k);
}

std::vector<Candidate> TopList::take() {
    if (m_k > 0) thin();
    std::sort(m_candidates.begin(), m_candidates.end(), ranksBefore);
    return std::move(m_candidates);
}

}  // namespace commonplace::vector
