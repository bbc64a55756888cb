#include "engine/extract/protocol_view.h"

#include <algorithm>
#include <array>

#include "engine/extract/protocol_fields.h"

namespace commonplace::extract::protocol {
namespace {

constexpr std::size_t kSheetBytes = 12;  ///< of a sheet without a label
constexpr std::size_t kWordBytes = 24;

/// The failures that a worker can report, by their place in the record.
constexpr std::array kFailures{ErrorCode::NotFound, ErrorCode::Limit, ErrorCode::Corrupt,
                               ErrorCode::Encrypted};

bool isPossible(const PlacedWord& word, std::string_view text) {
    return word.begin < word.end && base::isCharacterEdge(text, word.begin) &&
           base::isCharacterEdge(text, word.end);
}

PlacedWord readWord(Fields& fields) {
    PlacedWord word;
    word.begin = fields.integer<std::uint32_t>();
    word.end = fields.integer<std::uint32_t>();
    word.box.left = fields.points();
    word.box.top = fields.points();
    word.box.right = fields.points();
    word.box.bottom = fields.points();
    return word;
}

bool isSide(double points) {
    return points >= 1 && points <= kMaxPageSide;
}

}  // namespace

void append(std::string& out, const Open& message) {
    const Envelope envelope(out, Kind::Open);
    put(out, message.bytes);
}

void append(std::string& out, const Words& message) {
    const Envelope envelope(out, Kind::Words);
    put(out, static_cast<std::uint32_t>(message.page));
}

void append(std::string& out, const Render& message) {
    const Envelope envelope(out, Kind::Render);
    put(out, static_cast<std::uint32_t>(message.page));
    put(out, static_cast<std::uint32_t>(message.width));
}

void append(std::string& out, const Outline& outline) {
    const Envelope envelope(out, Kind::Outline);
    putString(out, outline.title);
    put(out, static_cast<std::uint32_t>(outline.sheets.size()));
    for (const Sheet& sheet : outline.sheets) {
        putString(out, sheet.label);
        putPoints(out, sheet.width);
        putPoints(out, sheet.height);
    }
}

void append(std::string& out, const PlacedPage& page) {
    const Envelope envelope(out, Kind::PlacedWords);
    putString(out, page.text);
    put(out, static_cast<std::uint32_t>(page.words.size()));
    for (const PlacedWord& word : page.words) {
        put(out, static_cast<std::uint32_t>(word.begin));
        put(out, static_cast<std::uint32_t>(word.end));
        for (const double value : {word.box.left, word.box.top, word.box.right, word.box.bottom})
            putPoints(out, std::clamp(value, -kMaxPageSide, kMaxPageSide));
    }
}

void append(std::string& out, const PageImage& image) {
    const Envelope envelope(out, Kind::Image);
    put(out, static_cast<std::uint32_t>(image.width));
    put(out, static_cast<std::uint32_t>(image.height));
    out += image.pixels;
}

void appendFailed(std::string& out, const Error& error) {
    const Envelope envelope(out, Kind::Failed);
    const auto found = std::find(kFailures.begin(), kFailures.end(), error.code());
    const auto code = found == kFailures.end() ? 2 : found - kFailures.begin();
    put(out, static_cast<std::uint8_t>(code));
    putString(out, base::clipUtf8(error.message(), kMaxLine));
}

Result<Open> decodeOpen(std::string_view payload) {
    Fields fields(payload);
    const Open message{fields.integer<std::uint64_t>()};
    if (!fields.complete()) return malformed("open request");
    return message;
}

Result<Words> decodeWords(std::string_view payload) {
    Fields fields(payload);
    const Words message{fields.count()};
    if (!fields.complete()) return malformed("words request");
    return message;
}

Result<Render> decodeRender(std::string_view payload) {
    Fields fields(payload);
    Render message;
    message.page = fields.count();
    message.width = fields.count();
    if (!fields.complete()) return malformed("render request");
    return message;
}

Result<Outline> decodeOutline(std::string_view payload) {
    Fields fields(payload);
    Outline outline{fields.string(kMaxLine), {}};
    const auto count = fields.integer<std::uint32_t>();
    if (count == 0 || count > kMaxPages || count > fields.left() / kSheetBytes) return malformed("outline");
    outline.sheets.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        Sheet sheet;
        sheet.label = fields.string(kMaxLabel);
        sheet.width = fields.points();
        sheet.height = fields.points();
        if (!isSide(sheet.width) || !isSide(sheet.height)) return malformed("outline");
        outline.sheets.push_back(std::move(sheet));
    }
    if (!fields.complete()) return malformed("outline");
    return outline;
}

Result<PlacedPage> decodePlacedPage(std::string_view payload) {
    Fields fields(payload);
    PlacedPage page{fields.string(), {}};
    const auto count = fields.integer<std::uint32_t>();
    if (count > fields.left() / kWordBytes) return malformed("words");
    page.words.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        page.words.push_back(readWord(fields));
        if (!isPossible(page.words.back(), page.text)) return malformed("words");
    }
    if (!fields.complete()) return malformed("words");
    return page;
}

Result<PageImage> decodeImage(std::string_view payload) {
    Fields fields(payload);
    PageImage image;
    image.width = fields.count();
    image.height = fields.count();
    const bool sane = image.width > 0 && image.height > 0 && image.width <= kMaxImageSide + 1 &&
                      image.height <= kMaxImageSide + 1;
    const auto needed = static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * 4;
    if (!sane || fields.left() != needed) return malformed("image");
    image.pixels = std::string(fields.rest());
    return image;
}

Error decodeFailed(std::string_view payload) {
    Fields fields(payload);
    const auto code = fields.integer<std::uint8_t>();
    std::string message = fields.string(kMaxLine);
    if (!fields.complete() || code >= kFailures.size()) return malformed("failure");
    return Error(kFailures[code], std::move(message));
}

}  // namespace commonplace::extract::protocol
