#include "engine/vector/resident_index.h"

#include <algorithm>
#include <array>
#include <limits>
#include <unordered_map>

#include "engine/vector/row_store.h"
#include "engine/vector/scan.h"
#include "engine/vector/top_list.h"

namespace commonplace::vector {
namespace {

/// Neighbouring rows of one document. A removed run leaves a gap in the row numbers until the next
/// compaction.
struct Run {
    std::int64_t document = 0;
    RowIndex begin = 0;
    RowIndex end = 0;
    std::size_t zeroVectors = 0;  ///< counted, but nowhere stored
};

struct Stretch {
    RowIndex begin = 0;
    RowIndex end = 0;
};

// Removed rows are worth their memory until there are this many of them and as many as a third of the living.
constexpr std::size_t kToleratedGaps = 4096;
constexpr std::size_t kScoreRows = 512;

std::vector<float> padded(std::span<const float> query, std::size_t stride) {
    std::vector<float> result(stride, 0.0f);
    std::copy(query.begin(), query.end(), result.begin());
    return result;
}

}  // namespace

struct ResidentIndex::State {
    explicit State(std::size_t dimension) : dimension(dimension), rows(dimension), scan(bestScan()) {}

    std::size_t dimension;
    RowStore rows;
    Scan scan;
    std::vector<Run> runs;  ///< ascending rows, never overlapping
    std::unordered_map<std::int64_t, RowIndex>
        lastRow;           ///< of a chunk; the others hang on RowStore::previous
    std::size_t gaps = 0;  ///< rows in no run
    std::size_t zeroVectors = 0;

    Run& runFor(std::int64_t document);
    void append(const PackedRow& row, std::int64_t chunk);
    void unlink(RowIndex row);
    void compact();
    void relink();
    std::vector<Stretch> stretches(const DocumentFilter& filter) const;
    void scanStretch(const Stretch& stretch, const float* query, TopList& best) const;
    std::int64_t documentOf(RowIndex row) const;
    float bestOf(std::int64_t chunk, const float* query) const;
};

Run& ResidentIndex::State::runFor(std::int64_t document) {
    const auto end = static_cast<RowIndex>(rows.size());
    if (runs.empty() || runs.back().document != document || runs.back().end != end)
        runs.push_back({document, end, end, 0});
    return runs.back();
}

void ResidentIndex::State::append(const PackedRow& row, std::int64_t chunk) {
    const auto index = static_cast<RowIndex>(rows.size());
    rows.append(row, chunk);
    const auto [entry, isNew] = lastRow.try_emplace(chunk, index);
    if (isNew) return;
    rows.setPrevious(index, entry->second);
    entry->second = index;
}

/// Takes a row out of its chunk's chain.
void ResidentIndex::State::unlink(RowIndex row) {
    const auto entry = lastRow.find(rows.chunk(row));
    if (entry->second == row) {
        if (rows.previous(row) == kNoRow) {
            lastRow.erase(entry);
        } else {
            entry->second = rows.previous(row);
        }
        return;
    }
    RowIndex later = entry->second;
    while (rows.previous(later) != row) later = rows.previous(later);
    rows.setPrevious(later, rows.previous(row));
}

/// Closes the gaps: every run moves down to the end of the one before it.
void ResidentIndex::State::compact() {
    RowIndex to = 0;
    for (Run& run : runs) {
        const RowIndex begin = to;
        for (RowIndex from = run.begin; from < run.end; ++from, ++to)
            if (from != to) rows.move(from, to);
        run.begin = begin;
        run.end = to;
    }
    rows.truncate(to);
    gaps = 0;
    relink();
}

void ResidentIndex::State::relink() {
    lastRow.clear();
    for (RowIndex row = 0; row < rows.size(); ++row) {
        const auto [entry, isNew] = lastRow.try_emplace(rows.chunk(row), row);
        rows.setPrevious(row, isNew ? kNoRow : entry->second);
        entry->second = row;
    }
}

/// The rows that may answer, with neighbouring runs joined: the longer a stretch, the faster the scan.
std::vector<Stretch> ResidentIndex::State::stretches(const DocumentFilter& filter) const {
    std::vector<Stretch> result;
    for (const Run& run : runs) {
        if (run.begin == run.end || (filter && !filter(run.document))) continue;
        if (!result.empty() && result.back().end == run.begin) {
            result.back().end = run.end;
        } else {
            result.push_back({run.begin, run.end});
        }
    }
    return result;
}

void ResidentIndex::State::scanStretch(const Stretch& stretch, const float* query, TopList& best) const {
    std::array<float, kScoreRows> dots;
    for (RowIndex row = stretch.begin; row < stretch.end;) {
        const std::size_t inBlock = RowStore::kBlockRows - row % RowStore::kBlockRows;
        const std::size_t count = std::min({kScoreRows, inBlock, std::size_t{stretch.end - row}});
        scan(rows.steps(row), count, rows.stride(), query, dots.data());
        for (std::size_t i = 0; i < count; ++i, ++row) {
            const float score = dots[i] * rows.scale(row);
            if (score >= best.threshold()) best.offer({score, row, rows.chunk(row)});
        }
    }
}

std::int64_t ResidentIndex::State::documentOf(RowIndex row) const {
    const auto after = std::upper_bound(runs.begin(), runs.end(), row,
                                        [](RowIndex value, const Run& run) { return value < run.end; });
    return after->document;
}

float ResidentIndex::State::bestOf(std::int64_t chunk, const float* query) const {
    const auto entry = lastRow.find(chunk);
    if (entry == lastRow.end()) return -1.0f;
    float best = -std::numeric_limits<float>::infinity();
    for (RowIndex row = entry->second; row != kNoRow; row = rows.previous(row)) {
        float dot = 0;
        scan(rows.steps(row), 1, rows.stride(), query, &dot);
        best = std::max(best, dot * rows.scale(row));
    }
    return best;
}

ResidentIndex::ResidentIndex(std::size_t dimension) : m_state(std::make_unique<State>(dimension)) {}
ResidentIndex::~ResidentIndex() = default;

Result<void> ResidentIndex::add(std::span<const Row> rows) {
    State& state = *m_state;
    for (const Row& row : rows) {
        TRY(const PackedRow packed, readPacked(row.packed, state.dimension));
        if (state.rows.size() + 1 >= kNoRow) return Error{ErrorCode::Limit, "too many vectors for one index"};
        Run& run = state.runFor(row.document);
        if (packed.steps) {
            state.append(packed, row.chunk);
            ++run.end;
        } else {
            ++run.zeroVectors;
            ++state.zeroVectors;
        }
    }
    return {};
}

void ResidentIndex::removeDocument(std::int64_t document) {
    State& state = *m_state;
    for (const Run& run : state.runs) {
        if (run.document != document) continue;
        for (RowIndex row = run.begin; row < run.end; ++row) state.unlink(row);
        state.gaps += run.end - run.begin;
        state.zeroVectors -= run.zeroVectors;
    }
    std::erase_if(state.runs, [document](const Run& run) { return run.document == document; });
    if (state.gaps > kToleratedGaps && state.gaps > state.rows.size() / 4) state.compact();
}

void ResidentIndex::clear() {
    m_state = std::make_unique<State>(m_state->dimension);
}

void ResidentIndex::reserve(std::size_t rows) {
    m_state->lastRow.reserve(rows);
}

std::vector<Hit> ResidentIndex::topChunks(std::span<const float> query, std::size_t k,
                                          const DocumentFilter& filter) const {
    const State& state = *m_state;
    if (query.size() != state.dimension) return {};
    const std::vector<float> wide = padded(query, state.rows.stride());
    TopList best(std::min(k, state.rows.size()));
    for (const Stretch& stretch : state.stretches(filter)) state.scanStretch(stretch, wide.data(), best);
    std::vector<Hit> hits;
    for (const Candidate& candidate : best.take())
        hits.push_back({candidate.chunk, state.documentOf(candidate.row), candidate.score});
    return hits;
}

std::vector<float> ResidentIndex::scores(std::span<const float> query,
                                         std::span<const std::int64_t> chunks) const {
    std::vector<float> result(chunks.size(), -1.0f);
    if (query.size() != m_state->dimension) return result;
    const std::vector<float> wide = padded(query, m_state->rows.stride());
    std::transform(chunks.begin(), chunks.end(), result.begin(),
                   [&](std::int64_t chunk) { return m_state->bestOf(chunk, wide.data()); });
    return result;
}

std::size_t ResidentIndex::dimension() const {
    return m_state->dimension;
}

std::size_t ResidentIndex::rows() const {
    return m_state->rows.size() - m_state->gaps + m_state->zeroVectors;
}

std::size_t ResidentIndex::bytes() const {
    // A node of the hash map: key, value and next pointer, plus its bucket.
    constexpr std::size_t perChunk = sizeof(std::pair<const std::int64_t, RowIndex>) + 2 * sizeof(void*);
    return m_state->rows.bytes() + m_state->lastRow.size() * perChunk + m_state->runs.size() * sizeof(Run);
}

}  // namespace commonplace::vector
