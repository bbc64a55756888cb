#include "engine/vector/row_store.h"

#include <sys/mman.h>

#include <cstring>
#include <new>

#include "engine/vector/scan.h"

namespace commonplace::vector {
namespace {

constexpr std::size_t kHugePage = std::size_t{1} << 21;

std::size_t roundedUp(std::size_t value, std::size_t unit) {
    return (value + unit - 1) / unit * unit;
}

}  // namespace

RowStore::RowStore(std::size_t dimension)
    : m_dimension(dimension),
      m_stride(roundedUp(dimension, kRowUnit)),
      m_blockBytes(roundedUp(kBlockRows * m_stride, kHugePage)) {}

void RowStore::Free::operator()(std::int8_t* bytes) const {
    ::operator delete[](bytes, std::align_val_t{kHugePage});
}

/// The pages of a block become resident only as rows arrive; huge ones spare the scan most of its TLB misses.
/// Where the system refuses them nothing is lost but speed.
RowStore::Block RowStore::makeBlock() const {
    Block block;
    block.steps.reset(static_cast<std::int8_t*>(::operator new[](m_blockBytes, std::align_val_t{kHugePage})));
    madvise(block.steps.get(), m_blockBytes, MADV_HUGEPAGE);
    block.scales.reserve(kBlockRows);
    block.chunks.reserve(kBlockRows);
    block.previous.reserve(kBlockRows);
    return block;
}

std::size_t RowStore::bytes() const {
    const std::size_t perRow = sizeof(float) + sizeof(std::int64_t) + sizeof(RowIndex);
    return m_blocks.size() * (m_blockBytes + kBlockRows * perRow);
}

void RowStore::append(const PackedRow& row, std::int64_t chunk) {
    if (m_size == m_blocks.size() * kBlockRows) m_blocks.push_back(makeBlock());
    Block& last = m_blocks.back();
    std::int8_t* to = last.steps.get() + m_size % kBlockRows * m_stride;
    std::memcpy(to, row.steps, m_dimension);
    std::memset(to + m_dimension, 0, m_stride - m_dimension);
    last.scales.push_back(row.scale);
    last.chunks.push_back(chunk);
    last.previous.push_back(kNoRow);
    ++m_size;
}

void RowStore::move(RowIndex from, RowIndex to) {
    Block& target = block(to);
    const std::size_t at = to % kBlockRows;
    std::memcpy(target.steps.get() + at * m_stride, steps(from), m_stride);
    target.scales[at] = scale(from);
    target.chunks[at] = chunk(from);
    target.previous[at] = previous(from);
}

void RowStore::truncate(std::size_t size) {
    m_size = size;
    m_blocks.resize((size + kBlockRows - 1) / kBlockRows);
    if (m_blocks.empty()) return;
    const std::size_t kept = size - (m_blocks.size() - 1) * kBlockRows;
    m_blocks.back().scales.resize(kept);
    m_blocks.back().chunks.resize(kept);
    m_blocks.back().previous.resize(kept);
}

}  // namespace commonplace::vector
