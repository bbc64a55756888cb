// Everything that needs the Unicode character database or a converter: ICU's part of text.h.
#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>

#include "engine/base/text.h"

namespace commonplace::base {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct ConverterDeleter {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, ConverterDeleter>;

bool isAscii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string lowerAscii(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

/// ICU counts in int32_t; nothing longer reaches these functions, but a caller's mistake must not overflow.
icu::StringPiece piece(const std::string& text) {
    const std::size_t limit = std::numeric_limits<int32_t>::max();
    return {text.data(), static_cast<int32_t>(std::min(text.size(), limit))};
}

std::string withoutMark(std::string text) {
    if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
    return text;
}

/// In pieces, so that memory stays bounded whatever the ratio of the encoding is. A surrogate pair may be cut
/// by the end of a piece, so a high half at the end waits for the next round.
std::string convertAll(UConverter* converter, std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 8);
    std::array<char16_t, 4096> units{};
    const char* source = bytes.data();
    const char* const end = source + bytes.size();
    std::size_t kept = 0;
    UErrorCode status = U_BUFFER_OVERFLOW_ERROR;
    while (status == U_BUFFER_OVERFLOW_ERROR) {
        status = U_ZERO_ERROR;
        char16_t* target = units.data() + kept;
        ucnv_toUnicode(converter, &target, units.data() + units.size(), &source, end, nullptr, true, &status);
        std::size_t count = static_cast<std::size_t>(target - units.data());
        kept =
            status == U_BUFFER_OVERFLOW_ERROR && count > 1 && (units[count - 1] & 0xFC00) == 0xD800 ? 1 : 0;
        text += utf16ToUtf8(units.data(), count - kept);
        if (kept > 0) units[0] = units[count - 1];
    }
    return text;
}

}  // namespace

std::string decodeBytes(std::string_view bytes, const std::string& encoding) {
    UErrorCode status = U_ZERO_ERROR;
    const bool named = !encoding.empty() && ucnv_compareNames(encoding.c_str(), "UTF-8") != 0;
    const Converter converter(named ? ucnv_open(encoding.c_str(), &status) : nullptr);
    if (!converter || U_FAILURE(status)) return withoutMark(repairUtf8(bytes));
    return withoutMark(repairUtf8(convertAll(converter.get(), bytes)));
}

std::string normalizeNfkc(std::string_view text) {
    if (isAscii(text)) return std::string(text);
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(status);
    const std::string valid = repairUtf8(text);
    if (U_FAILURE(status)) return valid;
    std::string normalized;
    icu::StringByteSink<std::string> sink(&normalized);
    nfkc->normalizeUTF8(0, piece(valid), sink, nullptr, status);
    return U_FAILURE(status) ? valid : normalized;
}

std::string foldCase(std::string_view text) {
    if (isAscii(text)) return lowerAscii(text);
    UErrorCode status = U_ZERO_ERROR;
    const std::string valid = repairUtf8(text);
    std::string folded;
    icu::StringByteSink<std::string> sink(&folded);
    icu::CaseMap::utf8Fold(U_FOLD_CASE_DEFAULT, piece(valid), sink, nullptr, status);
    return U_FAILURE(status) ? valid : folded;
}

bool isSpace(char32_t value) {
    if (value < 0x80) return value == ' ' || (value >= '\t' && value <= '\r');
    return u_isUWhiteSpace(static_cast<UChar32>(value)) != 0;
}

bool isLetter(char32_t value) {
    if (value < 0x80) return (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z');
    return (U_GET_GC_MASK(static_cast<UChar32>(value)) & (U_GC_L_MASK | U_GC_M_MASK)) != 0;
}

bool isNumber(char32_t value) {
    if (value < 0x80) return value >= '0' && value <= '9';
    return (U_GET_GC_MASK(static_cast<UChar32>(value)) & U_GC_N_MASK) != 0;
}

bool isUnspacedScript(char32_t value) {
    constexpr char32_t kFirst = 0x0E00;  // Thai is the first of them
    constexpr char32_t kLongVowel = 0x30FC,
                       kHalfLongVowel = 0xFF70;  // "ー" belongs to no script in the tables
    if (value < kFirst) return false;
    if (value == kLongVowel || value == kHalfLongVowel) return true;
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(static_cast<UChar32>(value), &status)) {
        case USCRIPT_HAN:
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA:
        case USCRIPT_HANGUL:
        case USCRIPT_THAI:
        case USCRIPT_LAO:
        case USCRIPT_KHMER:
        case USCRIPT_MYANMAR:
            return true;
        default:
            return false;
    }
}

std::string collapseSpace(std::string_view text) {
    std::string collapsed;
    collapsed.reserve(text.size());
    bool pending = false;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decodeUtf8(text, at);
        if (isSpace(point.value)) {
            pending = true;
        } else {
            if (pending && !collapsed.empty()) collapsed += ' ';
            pending = false;
            collapsed.append(text, at, point.bytes);
        }
        at += point.bytes;
    }
    return collapsed;
}

std::string_view trim(std::string_view text) {
    while (!text.empty()) {
        const CodePoint first = decodeUtf8(text, 0);
        if (!isSpace(first.value)) break;
        text.remove_prefix(first.bytes);
    }
    while (!text.empty()) {
        std::size_t last = text.size() - 1;
        while (last > 0 && text.size() - last < 4 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80)
            --last;
        const CodePoint point = decodeUtf8(text, last);
        if (last + point.bytes != text.size() || !isSpace(point.value)) break;
        text.remove_suffix(point.bytes);
    }
    return text;
}

}  // namespace commonplace::base
