// Server-sent events (WHATWG HTML, section "Server-sent events"): an incremental reader over any split of the
// bytes. CR, LF and CRLF line ends, several data: lines, comments, BOM, a missing final empty line; lines are
// bounded. The fields id and retry mean nothing here (no stream is resumed) and are skipped like unknown
// ones. Thread: one at a time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace commonplace::net {

struct SseEvent {
    std::string event;  ///< empty: "message"
    std::string data;
};

class SseReader final {
  public:
    explicit SseReader(std::size_t maxLineBytes = 1u << 20) : m_maxLineBytes(maxLineBytes) {}

    /// The events completed by these bytes; Limit when a line or an event grows over the bound (then the
    /// reader is done).
    Result<std::vector<SseEvent>> feed(std::string_view bytes);
    /// The last event of a stream that ended without an empty line, if there is one.
    std::vector<SseEvent> finish();

  private:
    Result<void> append(std::string_view bytes);
    Result<void> endLine(std::vector<SseEvent>& out);
    Result<void> field(std::string_view name, std::string_view value);
    Error tooLong(const char* what) const;

    std::size_t m_maxLineBytes;
    std::string m_line;
    SseEvent m_current;
    bool m_hasData = false;
    bool m_lastWasCarriageReturn = false;
    bool m_atStart = true;
};

}  // namespace commonplace::net
