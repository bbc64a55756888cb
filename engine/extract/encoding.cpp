#include "engine/extract/encoding.h"

#include <uchardet/uchardet.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "engine/base/text.h"
#include "engine/extract/structured_text.h"

namespace commonplace::extract {
namespace {

constexpr std::size_t kSample = 1u << 20;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr const char* kFallback = "windows-1252";

constexpr std::array<std::pair<std::string_view, const char*>, 5> kMarks{{
    {{"\xEF\xBB\xBF", 3}, "UTF-8"},
    {{"\xFF\xFE\0\0", 4}, "UTF-32LE"},
    {{"\0\0\xFE\xFF", 4}, "UTF-32BE"},
    {{"\xFF\xFE", 2}, "UTF-16LE"},
    {{"\xFE\xFF", 2}, "UTF-16BE"},
}};

std::string fromMark(std::string_view bytes) {
    for (const auto& [mark, encoding] : kMarks)
        if (bytes.starts_with(mark)) return encoding;
    return {};
}

/// UTF-16 without a mark: western text has a zero in nearly every second byte. Empty when it does not look
/// so.
std::string fromZeros(std::string_view bytes) {
    if (bytes.find('\0') == std::string_view::npos) return {};
    const std::string_view sample = bytes.substr(0, 4096);
    std::array<std::size_t, 2> zeros{};
    for (std::size_t i = 0; i < sample.size(); ++i)
        if (sample[i] == 0) ++zeros[i % 2];
    const std::size_t pairs = sample.size() / 2;
    if (zeros[1] * 10 > pairs * 7 && zeros[0] * 20 < pairs) return "UTF-16LE";
    if (zeros[0] * 10 > pairs * 7 && zeros[1] * 20 < pairs) return "UTF-16BE";
    return {};
}

bool hasIsoEscape(std::string_view bytes) {
    for (const std::string_view escape : {"\x1b$B", "\x1b$@", "\x1b(J"})
        if (bytes.find(escape) != std::string_view::npos) return true;
    return false;
}

/// Control characters that no text file has, in the first megabyte.
bool hasBinaryControls(std::string_view bytes) {
    const std::string_view sample = bytes.substr(0, kSample);
    const auto isOdd = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        const bool ordinary = byte >= 0x20 || (byte >= 0x07 && byte <= 0x0D) || byte == 0x1B || byte == 0x1A;
        return !ordinary;
    };
    const auto odd = static_cast<std::size_t>(std::count_if(sample.begin(), sample.end(), isOdd));
    return odd * 100 > sample.size();
}

struct Utf8Count {
    std::size_t good = 0;  ///< characters of several bytes
    std::size_t bad = 0;   ///< bytes that belong to none
};

Utf8Count countUtf8(std::string_view bytes) {
    Utf8Count count;
    for (std::size_t at = 0; at < bytes.size();) {
        if (static_cast<unsigned char>(bytes[at]) < 0x80) {
            ++at;
            continue;
        }
        const base::CodePoint point = base::decodeUtf8(bytes, at);
        ++(point.bytes > 1 ? count.good : count.bad);
        at += point.bytes;
    }
    return count;
}

/// The stretch that tells encodings apart: from shortly before the first byte beyond ASCII.
std::string_view tellingSample(std::string_view bytes) {
    const auto first = std::find_if(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) != 0; });
    const auto at = static_cast<std::size_t>(first - bytes.begin());
    return bytes.substr(at > 4096 ? at - 4096 : 0, kSample);
}

std::string guess(std::string_view bytes) {
    const std::unique_ptr<struct uchardet, decltype(&uchardet_delete)> detector(uchardet_new(),
                                                                                &uchardet_delete);
    const std::string_view sample = tellingSample(bytes);
    if (!detector || uchardet_handle_data(detector.get(), sample.data(), sample.size()) != 0) return {};
    uchardet_data_end(detector.get());
    return uchardet_get_charset(detector.get());
}

/// The label's encoding as the web understands it (WHATWG Encoding, section 4.2): the superset that is really
/// meant.
std::string webEncoding(const std::string& label) {
    constexpr std::array<std::pair<std::string_view, const char*>, 14> kMeant{{
        {"iso-8859-1", kFallback},
        {"latin1", kFallback},
        {"ascii", kFallback},
        {"us-ascii", kFallback},
        {"iso-8859-9", "windows-1254"},
        {"tis-620", "windows-874"},
        {"shift_jis", "windows-31j"},
        {"x-sjis", "windows-31j"},
        {"gb2312", "gb18030"},
        {"gbk", "gb18030"},
        {"euc-kr", "windows-949"},
        {"uhc", "windows-949"},
        {"ks_c_5601-1987", "windows-949"},
        {"x-x-big5", "big5"},
    }};
    const std::string name = base::foldCase(label);
    for (const auto& [known, meant] : kMeant)
        if (name == known) return meant;
    return name;
}

std::size_t countReplacements(std::string_view text) {
    std::size_t count = 0;
    for (auto at = text.find(kReplacement); at != std::string_view::npos;
         at = text.find(kReplacement, at + 3))
        ++count;
    return count;
}

DecodedText decodeAs(std::string_view bytes, const std::string& encoding) {
    DecodedText decoded;
    decoded.text = cleanText(base::decodeBytes(bytes, encoding));
    decoded.badBytes = countReplacements(decoded.text);
    return decoded;
}

/// More than one character in fifty undecodable: this is not the encoding.
bool isPlausible(const DecodedText& decoded) {
    return decoded.badBytes == 0 || decoded.badBytes * 50 < base::codePointCount(decoded.text);
}

DecodedText decodeLegacy(std::string_view bytes, const std::string& declared) {
    for (const std::string& label : {declared, guess(bytes)}) {
        if (label.empty()) continue;
        DecodedText decoded = decodeAs(bytes, webEncoding(label));
        if (isPlausible(decoded)) return decoded;
    }
    return decodeAs(bytes, kFallback);
}

}  // namespace

DecodedText decodeText(std::string_view bytes, const std::string& declared) {
    if (const std::string marked = fromMark(bytes); !marked.empty()) return decodeAs(bytes, marked);
    if (const std::string wide = fromZeros(bytes); !wide.empty()) return decodeAs(bytes, wide);
    if (hasBinaryControls(bytes)) return {{}, 0, true};
    if (hasIsoEscape(bytes)) return decodeAs(bytes, "ISO-2022-JP");
    const Utf8Count count = countUtf8(bytes);
    // A U+FFFD that stands in the file is not ours: only what could not be decoded counts.
    if (count.bad == 0 || count.good > 20 * count.bad) return {cleanText(bytes), count.bad, false};
    return decodeLegacy(bytes, declared);
}

std::string describeBadBytes(std::size_t count) {
    return count == 1 ? "1 place could not be decoded and is shown as \xEF\xBF\xBD"
                      : std::to_string(count) + " places could not be decoded and are shown as \xEF\xBF\xBD";
}

}  // namespace commonplace::extract
