#include "engine/extract/protocol.h"

#include <limits>

#include "engine/base/text.h"

namespace commonplace::extract::protocol {
namespace {

template <class Integer>
void put(std::string& out, Integer value) {
    for (std::size_t i = 0; i < sizeof value; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFF);
}

void putString(std::string& out, std::string_view text) {
    put(out, static_cast<std::uint32_t>(text.size()));
    out += text;
}

/// Writes a header whose length is filled in by the destructor, so that no payload is built twice.
class Envelope {
  public:
    Envelope(std::string& out, Kind kind) : m_out(out), m_start(out.size()) {
        put(out, std::uint32_t{0});
        out += static_cast<char>(kind);
    }
    ~Envelope() {
        const std::size_t length = m_out.size() - m_start - kHeaderBytes;
        for (std::size_t i = 0; i < 4; ++i)
            m_out[m_start + i] = static_cast<char>((length >> (8 * i)) & 0xFF);
    }
    Envelope(const Envelope&) = delete;
    Envelope& operator=(const Envelope&) = delete;

  private:
    std::string& m_out;
    std::size_t m_start;
};

/// Reads fields off a payload. After the first failure everything is empty and ok() is false, so that a
/// decoder can read all its fields and ask once.
class Fields {
  public:
    explicit Fields(std::string_view payload) : m_rest(payload) {}

    template <class Integer>
    Integer integer() {
        const std::string_view bytes = take(sizeof(Integer));
        Integer value = 0;
        for (std::size_t i = 0; i < bytes.size(); ++i)
            value |=
                static_cast<Integer>(static_cast<Integer>(static_cast<unsigned char>(bytes[i])) << (8 * i));
        return value;
    }

    std::string string(std::size_t limit = std::numeric_limits<std::size_t>::max()) {
        const auto length = integer<std::uint32_t>();
        if (length > limit) return fail();
        const std::string_view bytes = take(length);
        if (bytes.find('\0') != std::string_view::npos || !base::isValidUtf8(bytes)) return fail();
        return std::string(bytes);
    }

    /// A number that must fit an int.
    int count() {
        const auto value = integer<std::uint32_t>();
        if (value > static_cast<std::uint32_t>(std::numeric_limits<int>::max())) fail();
        return static_cast<int>(value);
    }

    bool complete() const { return m_ok && m_rest.empty(); }

  private:
    std::string_view take(std::size_t length) {
        if (length > m_rest.size()) {
            fail();
            return {};
        }
        const std::string_view bytes = m_rest.substr(0, length);
        m_rest.remove_prefix(length);
        return bytes;
    }

    std::string fail() {
        m_ok = false;
        m_rest = {};
        return {};
    }

    std::string_view m_rest;
    bool m_ok = true;
};

Error malformed(const std::string& record) {
    return {ErrorCode::Protocol, "malformed " + record + " record of an extraction worker"};
}

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

void append(std::string& out, const Extract& message) {
    const Envelope envelope(out, Kind::Extract);
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
