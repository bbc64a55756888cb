#include "engine/extract/text_formats.h"

#include "engine/extract/encoding.h"
#include "engine/extract/html.h"
#include "engine/extract/markdown.h"
#include "engine/extract/protocol.h"
#include "engine/extract/protocol_runs.h"
#include "engine/extract/structured_text.h"

namespace commonplace::extract {
namespace {

using document::Format;
using document::Status;

constexpr const char* kBinary = "the file holds binary data, not text";

/// How a format becomes text: indexing and showing must not differ in it.
struct Reading {
    DecodedText decoded;
    StructuredText (*convert)(std::string_view text, Runs runs);
};

Reading asMarkdown(std::string_view bytes) {
    return {decodeText(bytes), markdownToText};
}

Reading asHtml(std::string_view bytes) {
    return {decodeText(bytes, declaredEncoding(bytes)), htmlToText};
}

Reading asPlainText(std::string_view bytes) {
    return {decodeText(bytes), [](std::string_view text, Runs) {
                return StructuredText{{}, std::string(text), {}, {}};
            }};
}

Verdict read(const Reading& reading, PageSink& sink) {
    const DecodedText& decoded = reading.decoded;
    if (decoded.binary) return {Status::Unsupported, kBinary, {}, 0};
    Verdict verdict = deliver(reading.convert(decoded.text, Runs::Leave), sink);
    if (verdict.status == Status::Indexed && decoded.badBytes > 0) {
        verdict.status = Status::Partial;
        verdict.reason = describeBadBytes(decoded.badBytes);
    }
    return verdict;
}

}  // namespace

Verdict readPlainText(std::string_view bytes, PageSink& sink) {
    return read(asPlainText(bytes), sink);
}

Verdict readMarkdown(std::string_view bytes, PageSink& sink) {
    return read(asMarkdown(bytes), sink);
}

Verdict readHtml(std::string_view bytes, PageSink& sink) {
    return read(asHtml(bytes), sink);
}

Result<StyledText> readStyled(Format format, std::string_view bytes) {
    if (format != Format::Markdown && format != Format::Html)
        return Error(ErrorCode::NotFound, "files of this kind have no formatted text");
    const Reading reading = format == Format::Markdown ? asMarkdown(bytes) : asHtml(bytes);
    if (reading.decoded.binary) return Error(ErrorCode::Corrupt, kBinary);
    StructuredText content = reading.convert(reading.decoded.text, Runs::Collect);
    StyledText styled{oneLine(content.title, protocol::kMaxLine), std::move(content.text),
                      std::move(content.runs)};
    if (!protocol::fits(styled)) return Error(ErrorCode::Limit, "the text is too long to show formatted");
    return styled;
}

}  // namespace commonplace::extract
