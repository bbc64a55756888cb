// ResidentIndex: all vectors of one space in memory, with exact top-k by cosine and a document filter.
//
// Rows are stored as the store keeps them: int8 with one float scale a row (packed()), so that loading is a
// copy and a million 512-d rows take 516 MB. "Exact" is exact over these stored rows: the query stays float.
// Rows belong to (document, chunk, segment); a chunk's score is the best of its segments.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace commonplace::vector {

/// A unit vector as stored bytes: float32 scale (little endian), then `dimension` int8. Zero vector: empty
/// string.
std::string pack(std::span<const float> values);
/// The floats again; Corrupt when the size does not fit the dimension.
Result<std::vector<float>> unpack(std::string_view packed, std::size_t dimension);

struct Row {
    std::int64_t document = 0;
    std::int64_t chunk = 0;
    std::string_view packed;  ///< as pack() made it
};

struct Hit {
    std::int64_t chunk = 0;
    std::int64_t document = 0;
    float cosine = 0;
};

/// Which documents may answer. Empty function: all.
using DocumentFilter = std::function<bool(std::int64_t document)>;

/// Thread: const members from several threads at once; add, remove and clear need exclusive access (the owner
/// locks).
class ResidentIndex final {
  public:
    explicit ResidentIndex(std::size_t dimension);
    ~ResidentIndex();

    /// Corrupt when a row's bytes do not fit; rows before it stay added. A zero vector is counted but never
    /// found.
    Result<void> add(std::span<const Row> rows);
    void removeDocument(std::int64_t document);
    void clear();
    void reserve(std::size_t rows);

    /// The k chunks with the best segment, best first; ties by chunk id. `query` has `dimension` floats of
    /// unit length.
    std::vector<Hit> topChunks(std::span<const float> query, std::size_t k,
                               const DocumentFilter& filter = {}) const;
    /// The cosine of each given chunk (best segment); chunks without a vector give -1.
    std::vector<float> scores(std::span<const float> query, std::span<const std::int64_t> chunks) const;

    std::size_t dimension() const;
    std::size_t rows() const;
    std::size_t bytes() const;

  private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace commonplace::vector
