#include "engine/llm/json_mend.h"

#include <charconv>
#include <optional>

#include "engine/base/text.h"

namespace commonplace::llm {
namespace {

// U+10FF80 … U+10FFFF stand for the bytes 80 … FF: valid for every JSON reader, and assigned to nothing.
constexpr char32_t kStandIn = 0x10FF00;
constexpr char32_t kReplacement = 0xFFFD;

std::string withStandIns(std::string_view json) {
    std::string mended;
    mended.reserve(json.size());
    for (std::size_t at = 0; at < json.size();) {
        const base::CodePoint point = base::decodeUtf8(json, at);
        const auto byte = static_cast<unsigned char>(json[at]);
        const bool bad = point.value == kReplacement && point.bytes == 1;
        base::appendUtf8(mended, bad ? kStandIn + byte : point.value);
        at += point.bytes;
    }
    return mended;
}

// The value of the escape \uXXXX at `at`, if there is one.
std::optional<unsigned> unicodeEscape(std::string_view json, std::size_t at) {
    if (at + 6 > json.size() || json[at] != '\\' || json[at + 1] != 'u') return std::nullopt;
    unsigned value = 0;
    const char* end = json.data() + at + 6;
    return std::from_chars(json.data() + at + 2, end, value, 16).ptr == end ? std::optional(value)
                                                                            : std::nullopt;
}

bool isHighSurrogate(unsigned value) {
    return value >= 0xD800 && value < 0xDC00;
}
bool isLowSurrogate(unsigned value) {
    return value >= 0xDC00 && value < 0xE000;
}

// How many bytes to copy from a backslash on: an escape, or a pair of surrogates; 0 for a lone one.
std::size_t escapeLength(std::string_view json, std::size_t at) {
    const auto value = unicodeEscape(json, at);
    if (!value) return 2;
    if (isLowSurrogate(*value)) return 0;
    if (!isHighSurrogate(*value)) return 6;
    const auto next = unicodeEscape(json, at + 6);
    return next && isLowSurrogate(*next) ? 12 : 0;
}

std::string withoutLoneSurrogates(std::string_view json) {
    std::string mended;
    mended.reserve(json.size());
    for (std::size_t at = 0; at < json.size();) {
        const std::size_t length = json[at] == '\\' ? escapeLength(json, at) : 1;
        mended += length == 0 ? std::string_view("\\ufffd") : json.substr(at, length);
        at += length == 0 ? 6 : length;
    }
    return mended;
}

}  // namespace

bool isNestedDeeperThan(std::string_view json, std::size_t limit) {
    std::size_t depth = 0;
    bool inString = false;
    for (std::size_t at = 0; at < json.size(); ++at) {
        const char c = json[at];
        if (inString && c == '\\') ++at;
        if (c == '"') inString = !inString;
        if (inString) continue;
        if ((c == '[' || c == '{') && ++depth > limit) return true;
        if ((c == ']' || c == '}') && depth > 0) --depth;
    }
    return false;
}

std::string mendJson(std::string_view json) {
    return withoutLoneSurrogates(withStandIns(json));
}

std::string restoreBytes(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const base::CodePoint point = base::decodeUtf8(text, at);
        if (point.value >= kStandIn + 0x80) {
            bytes += static_cast<char>(point.value - kStandIn);
        } else {
            bytes += text.substr(at, point.bytes);
        }
        at += point.bytes;
    }
    return bytes;
}

}  // namespace commonplace::llm
