#include "engine/extract/protocol.h"

#include "engine/extract/protocol_fields.h"

namespace commonplace::extract::protocol {
namespace {

Result<void> checkGreeting(Fields& fields) {
    const auto magic = fields.integer<std::uint32_t>();
    const auto version = fields.integer<std::uint32_t>();
    if (magic != kMagic) return malformed("greeting");
    if (version == kVersion) return {};
    return Error(ErrorCode::Protocol, "the extraction worker speaks protocol version " +
                                          std::to_string(version) + ", this program version " +
                                          std::to_string(kVersion));
}

}  // namespace

void append(std::string& out, const Welcome& message) {
    const Envelope envelope(out, Kind::Welcome);
    put(out, kMagic);
    put(out, kVersion);
    put(out, message.memoryBytes);
    put(out, message.textBytes);
    put(out, message.cpuSeconds);
}

void append(std::string& out, const Extract& message, Kind kind) {
    const Envelope envelope(out, kind);
    putString(out, document::name(message.format));
    put(out, message.bytes);
}

void appendHello(std::string& out) {
    const Envelope envelope(out, Kind::Hello);
    put(out, kMagic);
    put(out, kVersion);
}

void append(std::string& out, const document::Page& page) {
    const Envelope envelope(out, Kind::Page);
    put(out, static_cast<std::uint32_t>(page.number));
    putString(out, page.label);
    putString(out, page.text);
}

void append(std::string& out, const document::Heading& heading) {
    const Envelope envelope(out, Kind::Heading);
    put(out, static_cast<std::uint32_t>(heading.page));
    put(out, static_cast<std::uint8_t>(heading.level));
    put(out, static_cast<std::uint64_t>(heading.begin));
    putString(out, heading.text);
}

void append(std::string& out, const Verdict& verdict) {
    const Envelope envelope(out, Kind::Done);
    putString(out, document::name(verdict.status));
    put(out, static_cast<std::uint32_t>(verdict.pagesWithoutText));
    putString(out, verdict.title);
    putString(out, verdict.reason);
}

Result<Welcome> decodeWelcome(std::string_view payload) {
    Fields fields(payload);
    TRY_VOID(checkGreeting(fields));
    Welcome message;
    message.memoryBytes = fields.integer<std::uint64_t>();
    message.textBytes = fields.integer<std::uint64_t>();
    message.cpuSeconds = fields.integer<std::uint32_t>();
    if (!fields.complete()) return malformed("welcome");
    return message;
}

Result<Extract> decodeExtract(std::string_view payload) {
    Fields fields(payload);
    const auto format = document::parseFormat(fields.string(kMaxLabel));
    const auto bytes = fields.integer<std::uint64_t>();
    if (!fields.complete() || !format) return malformed("request");
    return Extract{*format, bytes};
}

Result<void> decodeHello(std::string_view payload) {
    Fields fields(payload);
    TRY_VOID(checkGreeting(fields));
    if (!fields.complete()) return malformed("greeting");
    return {};
}

Result<document::Page> decodePage(std::string_view payload) {
    Fields fields(payload);
    document::Page page;
    page.number = fields.count();
    page.label = fields.string(kMaxLabel);
    page.text = fields.string();
    if (!fields.complete()) return malformed("page");
    return page;
}

Result<document::Heading> decodeHeading(std::string_view payload) {
    Fields fields(payload);
    document::Heading heading;
    heading.page = fields.count();
    heading.level = fields.integer<std::uint8_t>();
    heading.begin = fields.integer<std::uint64_t>();
    heading.text = fields.string(kMaxLine);
    if (!fields.complete()) return malformed("heading");
    return heading;
}

Result<Verdict> decodeDone(std::string_view payload) {
    Fields fields(payload);
    const auto status = document::parseStatus(fields.string(kMaxLabel));
    Verdict verdict;
    verdict.pagesWithoutText = fields.count();
    verdict.title = fields.string(kMaxLine);
    verdict.reason = fields.string(kMaxLine);
    if (!fields.complete() || !status) return malformed("result");
    verdict.status = *status;
    return verdict;
}

}  // namespace commonplace::extract::protocol
