#include <cstring>

#include "engine/base/text.h"

namespace commonplace::base {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

unsigned char byteAt(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

/// What a lead byte promises: length of the sequence and the allowed range of its second byte (Unicode 15,
/// table 3-7); the range rules out overlong forms, surrogates and values beyond U+10FFFF.
struct Lead {
    std::size_t length = 0;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
};

Lead leadOf(unsigned char byte) {
    if (byte < 0xC2 || byte > 0xF4) return {};
    if (byte < 0xE0) return {2};
    if (byte == 0xE0) return {3, 0xA0};
    if (byte == 0xED) return {3, 0x80, 0x9F};
    if (byte < 0xF0) return {3};
    if (byte == 0xF0) return {4, 0x90};
    if (byte == 0xF4) return {4, 0x80, 0x8F};
    return {4};
}

bool isContinuation(unsigned char byte) {
    return (byte & 0xC0) == 0x80;
}

/// Number of leading ASCII bytes from `at`, eight at a time.
std::size_t asciiRun(std::string_view text, std::size_t at) {
    const std::size_t start = at;
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t block = 0;
        std::memcpy(&block, text.data() + at, 8);
        if ((block & 0x8080808080808080u) != 0) break;
    }
    while (at < text.size() && byteAt(text, at) < 0x80) ++at;
    return at - start;
}

bool isBad(const CodePoint& point) {
    return point.bytes == 1 && point.value == kReplacement;
}

}  // namespace

CodePoint decodeUtf8(std::string_view text, std::size_t at) {
    const unsigned char first = byteAt(text, at);
    if (first < 0x80) return {first, 1};
    const Lead lead = leadOf(first);
    if (lead.length == 0 || at + lead.length > text.size()) return {kReplacement, 1};
    const unsigned char second = byteAt(text, at + 1);
    if (second < lead.low || second > lead.high) return {kReplacement, 1};
    char32_t value = first & (0x7Fu >> lead.length);
    for (std::size_t i = 1; i < lead.length; ++i) {
        const unsigned char next = byteAt(text, at + i);
        if (!isContinuation(next)) return {kReplacement, 1};
        value = (value << 6) | (next & 0x3Fu);
    }
    return {value, lead.length};
}

std::string& appendUtf8(std::string& text, char32_t value) {
    if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) value = kReplacement;
    const auto tail = [value](int shift) { return static_cast<char>(0x80 | ((value >> shift) & 0x3F)); };
    if (value < 0x80) {
        text += static_cast<char>(value);
    } else if (value < 0x800) {
        text += {static_cast<char>(0xC0 | (value >> 6)), tail(0)};
    } else if (value < 0x10000) {
        text += {static_cast<char>(0xE0 | (value >> 12)), tail(6), tail(0)};
    } else {
        text += {static_cast<char>(0xF0 | (value >> 18)), tail(12), tail(6), tail(0)};
    }
    return text;
}

bool isValidUtf8(std::string_view text) {
    for (std::size_t at = asciiRun(text, 0); at < text.size(); at += asciiRun(text, at)) {
        const CodePoint point = decodeUtf8(text, at);
        if (isBad(point)) return false;
        at += point.bytes;
    }
    return true;
}

std::string repairUtf8(std::string_view text) {
    if (text.find('\0') == std::string_view::npos && isValidUtf8(text)) return std::string(text);
    std::string repaired;
    repaired.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decodeUtf8(text, at);
        if (isBad(point)) {
            appendUtf8(repaired, kReplacement);
        } else if (point.value != 0) {
            repaired.append(text, at, point.bytes);
        }
        at += point.bytes;
    }
    return repaired;
}

std::string utf16ToUtf8(const char16_t* units, std::size_t count) {
    std::string text;
    text.reserve(count + count / 2);
    for (std::size_t i = 0; i < count; ++i) {
        char32_t value = units[i];
        const bool high = value >= 0xD800 && value < 0xDC00;
        if (high && i + 1 < count && units[i + 1] >= 0xDC00 && units[i + 1] < 0xE000)
            value = 0x10000 + ((value - 0xD800) << 10) + (units[++i] - 0xDC00u);
        appendUtf8(text, value);
    }
    return text;
}

std::string_view clipUtf8(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return text;
    // Steps back over at most three continuation bytes; more of them are garbage that may be cut anywhere.
    std::size_t end = limit;
    for (int i = 0; i < 3 && end > 0 && isContinuation(byteAt(text, end)); ++i) --end;
    return text.substr(0, isContinuation(byteAt(text, end)) ? limit : end);
}

std::size_t unfinishedBytes(std::string_view text) {
    for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
        const unsigned char byte = byteAt(text, text.size() - back);
        if (!isContinuation(byte)) return leadOf(byte).length > back ? back : 0;
    }
    return 0;
}

bool isCharacterEdge(std::string_view text, std::size_t at) {
    return at == text.size() || (at < text.size() && !isContinuation(byteAt(text, at)));
}

std::size_t codePointCount(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) {
        const std::size_t run = asciiRun(text, at);
        if (run > 0) {
            count += run - 1;
            at += run;
        } else {
            at += decodeUtf8(text, at).bytes;
        }
    }
    return count;
}

}  // namespace commonplace::base
