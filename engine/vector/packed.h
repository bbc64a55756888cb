// A view of one stored vector: what pack() made, checked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/base/result.h"

namespace commonplace::vector {

inline constexpr std::size_t kScaleBytes = 4;

/// `steps` points into the packed bytes; null for the zero vector.
struct PackedRow {
    float scale = 0;
    const std::int8_t* steps = nullptr;
};

/// Corrupt when the size does not fit the dimension or the scale is no positive number.
Result<PackedRow> readPacked(std::string_view packed, std::size_t dimension);

}  // namespace commonplace::vector
