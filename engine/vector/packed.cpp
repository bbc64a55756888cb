// The stored form of a vector: resident_index.h's pack() and unpack().
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "engine/vector/packed.h"
#include "engine/vector/resident_index.h"

namespace commonplace::vector {
namespace {

void appendScale(std::string& bytes, float scale) {
    const auto bits = std::bit_cast<std::uint32_t>(scale);
    for (int shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<char>(bits >> shift & 0xFF));
}

float readScale(std::string_view bytes) {
    std::uint32_t bits = 0;
    for (int i = 0; i < 4; ++i)
        bits |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[static_cast<std::size_t>(i)]))
                << (8 * i);
    return std::bit_cast<float>(bits);
}

}  // namespace

/// The largest component becomes ±127. The scale is then chosen so that the stored vector has exactly the
/// length of the given one, which makes its dot products better cosines than "largest / 127" would.
std::string pack(std::span<const float> values) {
    float largest = 0;
    double length = 0;
    for (const float value : values) {
        largest = std::max(largest, std::fabs(value));
        length += static_cast<double>(value) * value;
    }
    if (!(length > 0) || !std::isfinite(length)) return {};
    std::string bytes(kScaleBytes, '\0');
    bytes.reserve(kScaleBytes + values.size());
    double steps = 0;
    for (const float value : values) {
        const int step = std::clamp(static_cast<int>(std::lround(value / largest * 127.0f)), -127, 127);
        steps += static_cast<double>(step) * step;
        bytes.push_back(static_cast<char>(step));
    }
    std::string scale;
    appendScale(scale, static_cast<float>(std::sqrt(length / steps)));
    return bytes.replace(0, kScaleBytes, scale);
}

Result<PackedRow> readPacked(std::string_view packed, std::size_t dimension) {
    if (packed.empty()) return PackedRow{};
    if (packed.size() != kScaleBytes + dimension)
        return Error{ErrorCode::Corrupt, "a stored vector has " + std::to_string(packed.size()) +
                                             " bytes instead of " + std::to_string(kScaleBytes + dimension) +
                                             "; rebuild the index"};
    const float scale = readScale(packed);
    if (!std::isfinite(scale) || !(scale > 0))
        return Error{ErrorCode::Corrupt, "a stored vector has an impossible scale; rebuild the index"};
    return PackedRow{scale, reinterpret_cast<const std::int8_t*>(packed.data() + kScaleBytes)};
}

Result<std::vector<float>> unpack(std::string_view packed, std::size_t dimension) {
    TRY(const PackedRow row, readPacked(packed, dimension));
    std::vector<float> values(dimension, 0.0f);
    if (row.steps)
        for (std::size_t i = 0; i < dimension; ++i) values[i] = row.scale * static_cast<float>(row.steps[i]);
    return values;
}

}  // namespace commonplace::vector
