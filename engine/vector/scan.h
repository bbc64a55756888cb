// Scan: the dot products of one float query with many int8 rows; memory-bound where the processor allows.
//
// Rows are walked strictly one after the other: several rows at once (a GEMV's tile) defeat the prefetcher
// and halve the bandwidth. The query stays float. Only these functions are compiled for newer processors
// (target attributes), and bestScan() chooses at run time.
//
// Thread: pure functions on the caller's memory.
#pragma once

#include <cstddef>
#include <cstdint>

namespace commonplace::vector {

/// Rows are padded with zeros to a multiple of this many bytes, and so is the query.
inline constexpr std::size_t kRowUnit = 32;

/// dots[i] = query · row i; row i starts at rows + i * stride; `stride` is a multiple of kRowUnit. A row's
/// dot does not depend on the rows around it.
using Scan = void (*)(const std::int8_t* rows, std::size_t count, std::size_t stride, const float* query,
                      float* dots);

/// Null where this processor or architecture lacks the instructions; the baseline is always there.
Scan avx512Scan();
Scan avx2Scan();
Scan baselineScan();
Scan bestScan();

}  // namespace commonplace::vector
