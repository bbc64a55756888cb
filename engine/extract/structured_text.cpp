#include "engine/extract/structured_text.h"

#include "engine/base/text.h"
#include "engine/extract/protocol.h"

namespace commonplace::extract {
namespace {

constexpr char32_t kByteOrderMark = 0xFEFF;

bool isLineEnd(char32_t value) {
    return value == '\n' || value == '\f' || value == '\v';
}
bool isControl(char32_t value) {
    return value < 0x20 || value == 0x7F;
}

/// What a code point becomes: itself, a line end, or nothing (0).
char32_t cleaned(char32_t value) {
    if (value == '\t') return value;
    if (isLineEnd(value)) return '\n';
    return isControl(value) || value == kByteOrderMark ? 0 : value;
}

bool isClean(std::string_view text) {
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        // 0xEF may begin a byte order mark: rare enough to take the slow way.
        if ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F || byte == 0xEF) return false;
    }
    return base::isValidUtf8(text);
}

}  // namespace

std::string oneLine(std::string_view text, std::size_t limit) {
    return std::string(base::trim(base::clipUtf8(base::collapseSpace(cleanText(text)), limit)));
}

std::string cleanText(std::string_view text) {
    if (isClean(text)) return std::string(text);
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const bool carriageReturn = text[at] == '\r';
        const base::CodePoint point = base::decodeUtf8(text, at);
        at += point.bytes;
        if (carriageReturn && at < text.size() && text[at] == '\n') continue;  // the line feed says it all
        const char32_t value = carriageReturn ? U'\n' : cleaned(point.value);
        if (value != 0) base::appendUtf8(result, value);
    }
    return result;
}

Verdict deliver(StructuredText content, PageSink& sink) {
    Verdict verdict;
    verdict.title = oneLine(content.title, protocol::kMaxLine);
    const bool empty = base::trim(content.text).empty();
    verdict.status = empty ? document::Status::NoText : document::Status::Indexed;
    verdict.reason = empty ? "the file holds no text" : "";
    verdict.pagesWithoutText = empty ? 1 : 0;
    if (sink.page({0, {}, std::move(content.text)}) == Flow::Stop) return verdict;
    for (auto& heading : content.headings) {
        heading.text = oneLine(heading.text, protocol::kMaxLine);
        if (sink.heading(std::move(heading)) == Flow::Stop) break;
    }
    return verdict;
}

}  // namespace commonplace::extract
