// LineReader: a stream of one JSON object a line, in any split of the bytes, as events without a name, so
// that it is read as server-sent events are. LF and CRLF, a last line without an end; empty lines are skipped
// and long ones refused. Thread: one at a time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/net/sse.h"

namespace commonplace::llm {

class LineReader final {
  public:
    explicit LineReader(std::size_t maxLineBytes = 1u << 20) : m_maxLineBytes(maxLineBytes) {}

    /// The lines completed by these bytes; Limit when one grows over the bound (then the reader is done).
    Result<std::vector<net::SseEvent>> feed(std::string_view bytes);
    /// The last line of a stream that ended without a line end, if there is one.
    std::vector<net::SseEvent> finish();

  private:
    void endLine(std::vector<net::SseEvent>& lines);

    std::size_t m_maxLineBytes;
    std::string m_line;
};

}  // namespace commonplace::llm
