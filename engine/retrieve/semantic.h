// Semantic: the passages whose vectors stand nearest to the query's, within what its operators and filters
// leave.
#pragma once

#include <cstddef>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/document/embedder.h"
#include "engine/retrieve/feedback.h"
#include "engine/retrieve/keyword.h"
#include "engine/store/index_rows.h"
#include "engine/vector/resident_index.h"

namespace commonplace::retrieve {

/// A query as a vector, with those of the passages to learn from; empty values: the model cannot say anything
/// about it.
struct QueryVector {
    std::vector<float> values;
    std::vector<std::vector<float>> seeds;  ///< one per seed, in order
    bool usable() const { return !values.empty(); }
};
/// One batch for all texts.
Result<QueryVector> embedQuery(const document::Embedder& embedder, std::string_view text,
                               const std::vector<Seed>& seeds, std::stop_token stop);

/// The `pool` nearest chunks, best first.
std::vector<vector::Hit> nearest(const vector::ResidentIndex& vectors, const QueryVector& query,
                                 std::size_t pool, const Permitted& permitted,
                                 const store::DocumentSet& among);

/// The exact cosine of each chunk (its best segment) to a vector.
Cosines cosines(const vector::ResidentIndex& vectors, std::span<const float> values,
                const std::vector<store::ChunkId>& chunks);

}  // namespace commonplace::retrieve
