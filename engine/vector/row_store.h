// RowStore: int8 rows in blocks of 16,384, each block one allocation aligned for huge pages. Growing never
// moves or copies a row, so a million rows need no second million while they are loaded.
//
// Thread: as ResidentIndex, its owner.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/vector/packed.h"

namespace commonplace::vector {

/// Position of a row: 0, 1, 2 … in the order of adding.
using RowIndex = std::uint32_t;
inline constexpr RowIndex kNoRow = UINT32_MAX;

class RowStore final {
  public:
    static constexpr std::size_t kBlockRows = 16384;

    explicit RowStore(std::size_t dimension);

    std::size_t stride() const { return m_stride; }
    std::size_t size() const { return m_size; }
    std::size_t bytes() const;

    void append(const PackedRow& row, std::int64_t chunk);
    /// Copies row `from` over row `to` (to < from), for compaction.
    void move(RowIndex from, RowIndex to);
    /// Drops the rows from `size` on and frees blocks without rows.
    void truncate(std::size_t size);

    const std::int8_t* steps(RowIndex row) const {
        return block(row).steps.get() + row % kBlockRows * m_stride;
    }
    float scale(RowIndex row) const { return block(row).scales[row % kBlockRows]; }
    std::int64_t chunk(RowIndex row) const { return block(row).chunks[row % kBlockRows]; }
    /// The row of the same chunk that was added before this one, or kNoRow.
    RowIndex previous(RowIndex row) const { return block(row).previous[row % kBlockRows]; }
    void setPrevious(RowIndex row, RowIndex previous) { block(row).previous[row % kBlockRows] = previous; }

  private:
    struct Free {
        void operator()(std::int8_t* bytes) const;
    };
    struct Block {
        std::unique_ptr<std::int8_t[], Free> steps;
        std::vector<float> scales;
        std::vector<std::int64_t> chunks;
        std::vector<RowIndex> previous;
    };
    Block makeBlock() const;
    const Block& block(RowIndex row) const { return m_blocks[row / kBlockRows]; }
    Block& block(RowIndex row) { return m_blocks[row / kBlockRows]; }

    std::size_t m_dimension;
    std::size_t m_stride;
    std::size_t m_blockBytes;
    std::size_t m_size = 0;
    std::vector<Block> m_blocks;
};

}  // namespace commonplace::vector
