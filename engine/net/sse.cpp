#include "engine/net/sse.h"

#include <utility>

namespace commonplace::net {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

Result<std::vector<SseEvent>> SseReader::feed(std::string_view bytes) {
    std::vector<SseEvent> events;
    while (!bytes.empty()) {
        if (std::exchange(m_lastWasCarriageReturn, false) && bytes.front() == '\n') {
            bytes.remove_prefix(1);  // the second half of CRLF: its line has ended already
            continue;
        }
        const std::size_t end = bytes.find_first_of("\r\n");
        TRY_VOID(append(bytes.substr(0, end)));
        if (end == std::string_view::npos) break;
        m_lastWasCarriageReturn = bytes[end] == '\r';
        TRY_VOID(endLine(events));
        bytes.remove_prefix(end + 1);
    }
    return events;
}

std::vector<SseEvent> SseReader::finish() {
    std::vector<SseEvent> events;
    if (!m_line.empty() && !endLine(events)) return {};
    if (m_hasData) events.push_back(std::exchange(m_current, {}));
    m_hasData = false;
    return events;
}

Result<void> SseReader::append(std::string_view bytes) {
    if (bytes.size() > m_maxLineBytes - m_line.size()) return tooLong("a line");
    m_line += bytes;
    return {};
}

Result<void> SseReader::endLine(std::vector<SseEvent>& out) {
    std::string_view text = m_line;
    if (std::exchange(m_atStart, false) && text.starts_with(kByteOrderMark)) text.remove_prefix(3);
    if (text.empty()) {
        // Without data there is no event, whatever its name was.
        if (std::exchange(m_hasData, false)) out.push_back(std::move(m_current));
        m_current = {};
    } else if (text.front() != ':') {
        const std::size_t colon = text.find(':');
        std::string_view value =
            colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
        if (value.starts_with(' ')) value.remove_prefix(1);
        TRY_VOID(field(text.substr(0, colon), value));
    }
    m_line.clear();
    return {};
}

Result<void> SseReader::field(std::string_view name, std::string_view value) {
    if (name == "event") m_current.event = value;
    if (name != "data") return {};
    const bool first = !std::exchange(m_hasData, true);
    if (m_current.data.size() + value.size() > m_maxLineBytes) return tooLong("an event");
    if (!first) m_current.data += '\n';
    m_current.data += value;
    return {};
}

Error SseReader::tooLong(const char* what) const {
    return {ErrorCode::Limit, std::string(what) + " of the stream is longer than " +
                                  std::to_string(m_maxLineBytes) + " bytes; is this an event stream?"};
}

}  // namespace commonplace::net
