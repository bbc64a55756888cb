#include "engine/store/segment_codec.h"

#include <cstdint>
#include <limits>

namespace commonplace::store {
namespace {

constexpr std::size_t kIntegerBytes = 4, kSegmentBytes = 2 * kIntegerBytes + kHashBytes;

void appendInteger(std::string& bytes, std::size_t value) {
    for (std::size_t i = 0; i < kIntegerBytes; ++i) bytes.push_back(static_cast<char>(value >> (8 * i)));
}

std::size_t integerAt(std::string_view bytes, std::size_t at) {
    std::size_t value = 0;
    for (std::size_t i = 0; i < kIntegerBytes; ++i)
        value |= static_cast<std::size_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    return value;
}

bool fits(const document::Segment& segment, std::size_t textBytes) {
    return segment.begin <= segment.end && segment.end <= textBytes &&
           segment.end <= std::numeric_limits<std::uint32_t>::max();
}

}  // namespace

Result<std::string> encodeSegments(const std::vector<document::Segment>& segments, std::size_t textBytes) {
    std::string bytes;
    bytes.reserve(segments.size() * kSegmentBytes);
    for (const document::Segment& segment : segments) {
        if (!fits(segment, textBytes))
            return Error(ErrorCode::InvalidArgument, "a segment leaves the text of its chunk");
        if (segment.hash.size() != kHashBytes)
            return Error(ErrorCode::InvalidArgument, "a segment's hash must have 16 bytes");
        appendInteger(bytes, segment.begin);
        appendInteger(bytes, segment.end);
        bytes += segment.hash;
    }
    return bytes;
}

Result<std::vector<document::Segment>> decodeSegments(std::string_view bytes, std::size_t textBytes) {
    std::vector<document::Segment> segments;
    if (bytes.size() % kSegmentBytes != 0)
        return Error(ErrorCode::Corrupt, "a chunk's segments are cut short");
    for (std::size_t at = 0; at < bytes.size(); at += kSegmentBytes) {
        document::Segment segment{integerAt(bytes, at), integerAt(bytes, at + kIntegerBytes),
                                  std::string(bytes.substr(at + 2 * kIntegerBytes, kHashBytes))};
        if (!fits(segment, textBytes)) return Error(ErrorCode::Corrupt, "a chunk's segment leaves its text");
        segments.push_back(std::move(segment));
    }
    return segments;
}

}  // namespace commonplace::store
