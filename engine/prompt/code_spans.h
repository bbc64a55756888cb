// CodeSpans: the parts of a Markdown text that are code, where brackets and quotes mean something else.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "engine/base/text.h"

namespace commonplace::prompt {

/// Between two runs of equally many backticks; a run of three or more that is never closed reaches to the end
/// (a stream that has not finished).
class CodeSpans {
  public:
    explicit CodeSpans(std::string_view text);
    bool holds(std::size_t at) const;
    const std::vector<base::Range>& spans() const { return m_spans; }

  private:
    std::vector<base::Range> m_spans;
};

}  // namespace commonplace::prompt
