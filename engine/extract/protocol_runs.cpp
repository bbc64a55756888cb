#include "engine/extract/protocol_runs.h"

#include "engine/extract/protocol_fields.h"

namespace commonplace::extract::protocol {
namespace {

constexpr std::size_t kRunBytes = 18;  ///< of a run without a detail

void putRun(std::string& out, const FormatRun& run) {
    put(out, static_cast<std::uint8_t>(run.kind));
    put(out, static_cast<std::uint8_t>(run.level));
    put(out, static_cast<std::uint32_t>(run.number));
    put(out, static_cast<std::uint32_t>(run.range.begin));
    put(out, static_cast<std::uint32_t>(run.range.end));
    putString(out, run.detail);
}

FormatRun readRun(Fields& fields) {
    FormatRun run;
    run.kind = static_cast<RunKind>(fields.integer<std::uint8_t>());
    run.level = fields.integer<std::uint8_t>();
    run.number = fields.count();
    run.range.begin = fields.integer<std::uint32_t>();
    run.range.end = fields.integer<std::uint32_t>();
    run.detail = fields.string(kMostRunDetail);
    return run;
}

bool isOneLine(std::string_view text) {
    return text.find_first_of("\n\r") == std::string_view::npos;
}

}  // namespace

bool fits(const StyledText& styled) {
    std::size_t details = 0;
    for (const FormatRun& run : styled.runs) details += run.detail.size();
    return styled.text.size() <= kMostStyledText && details <= kMostStyledDetails;
}

void append(std::string& out, const StyledText& styled) {
    const Envelope envelope(out, Kind::Styled);
    putString(out, styled.title);
    putString(out, styled.text);
    put(out, static_cast<std::uint32_t>(styled.runs.size()));
    for (const FormatRun& run : styled.runs) putRun(out, run);
}

Result<StyledText> decodeStyled(std::string_view payload) {
    Fields fields(payload);
    StyledText styled{fields.string(kMaxLine), fields.string(kMostStyledText), {}};
    const auto count = fields.integer<std::uint32_t>();
    if (count > kMostRuns || count > fields.left() / kRunBytes) return malformed("formatted text");
    styled.runs.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i) styled.runs.push_back(readRun(fields));
    const bool sane = fields.complete() && isOneLine(styled.title) && fits(styled);
    if (!sane || !arePossible(styled.runs, styled.text)) return malformed("formatted text");
    return styled;
}

}  // namespace commonplace::extract::protocol
