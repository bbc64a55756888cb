#include "engine/llm/line_reader.h"

#include "engine/base/text.h"

namespace commonplace::llm {
Result<std::vector<net::SseEvent>> LineReader::feed(std::string_view bytes) {
    std::vector<net::SseEvent> lines;
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        const std::string_view part = bytes.substr(0, end);
        if (part.size() > m_maxLineBytes - m_line.size())
            return Error(ErrorCode::Limit, "a line of the stream is longer than " +
                                               std::to_string(m_maxLineBytes) + " bytes; is this a chat?");
        m_line += part;
        if (end == std::string_view::npos) break;
        endLine(lines);
        bytes.remove_prefix(end + 1);
    }
    return lines;
}

std::vector<net::SseEvent> LineReader::finish() {
    std::vector<net::SseEvent> lines;
    endLine(lines);
    return lines;
}

void LineReader::endLine(std::vector<net::SseEvent>& lines) {
    if (const std::string_view line = base::trim(m_line); !line.empty())
        lines.push_back({{}, std::string(line)});
    m_line.clear();
}

}  // namespace commonplace::llm
