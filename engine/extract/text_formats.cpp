#include "engine/extract/text_formats.h"

#include "engine/extract/encoding.h"
#include "engine/extract/html.h"
#include "engine/extract/markdown.h"
#include "engine/extract/structured_text.h"

namespace commonplace::extract {
namespace {

using document::Status;

template <class Convert>
Verdict readDecoded(const DecodedText& decoded, PageSink& sink, Convert convert) {
    if (decoded.binary) return {Status::Unsupported, "the file holds binary data, not text", {}, 0};
    Verdict verdict = deliver(convert(decoded.text), sink);
    if (verdict.status == Status::Indexed && decoded.badBytes > 0) {
        verdict.status = Status::Partial;
        verdict.reason = describeBadBytes(decoded.badBytes);
    }
    return verdict;
}

}  // namespace

Verdict readPlainText(std::string_view bytes, PageSink& sink) {
    return readDecoded(decodeText(bytes), sink, [](const std::string& text) {
        return StructuredText{{}, text, {}};
    });
}

Verdict readMarkdown(std::string_view bytes, PageSink& sink) {
    return readDecoded(decodeText(bytes), sink, markdownToText);
}

Verdict readHtml(std::string_view bytes, PageSink& sink) {
    return readDecoded(decodeText(bytes, declaredEncoding(bytes)), sink, htmlToText);
}

}  // namespace commonplace::extract
