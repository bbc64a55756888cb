// The bytes of chunk.segments: 24 a segment: begin, end (uint32, little endian), 16 bytes of hash. Internal
// to this room.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/document/document.h"

namespace commonplace::store {

inline constexpr std::size_t kHashBytes = 16;

/// InvalidArgument when a segment leaves the text (of `textBytes` bytes) or a hash has another length.
Result<std::string> encodeSegments(const std::vector<document::Segment>& segments, std::size_t textBytes);
/// Corrupt when the bytes cannot have come from encodeSegments() for such a text.
Result<std::vector<document::Segment>> decodeSegments(std::string_view bytes, std::size_t textBytes);

}  // namespace commonplace::store
