#include "engine/prompt/code_spans.h"

#include <algorithm>
#include <unordered_map>

namespace commonplace::prompt {
namespace {

constexpr std::size_t kFence = 3;

std::vector<base::Range> backtickRuns(std::string_view text) {
    std::vector<base::Range> runs;
    for (std::size_t at = text.find('`'); at != std::string_view::npos; at = text.find('`', at)) {
        const std::size_t end = std::min(text.find_first_not_of('`', at), text.size());
        runs.push_back({at, end});
        at = end;
    }
    return runs;
}

}  // namespace

CodeSpans::CodeSpans(std::string_view text) {
    const std::vector<base::Range> runs = backtickRuns(text);
    // For each run the next one of its length, found from the back: many lone runs must not be searched again
    // and again.
    std::vector<std::size_t> closing(runs.size(), runs.size());
    std::unordered_map<std::size_t, std::size_t> next;
    for (std::size_t i = runs.size(); i-- > 0;) {
        if (const auto found = next.find(runs[i].size()); found != next.end()) closing[i] = found->second;
        next[runs[i].size()] = i;
    }
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (closing[i] < runs.size()) {
            m_spans.push_back({runs[i].begin, runs[closing[i]].end});
            i = closing[i];
        } else if (runs[i].size() >= kFence) {
            m_spans.push_back({runs[i].begin, text.size()});
            break;
        }
    }
}

bool CodeSpans::holds(std::size_t at) const {
    const auto after =
        std::upper_bound(m_spans.begin(), m_spans.end(), at,
                         [](std::size_t value, const base::Range& span) { return value < span.begin; });
    return after != m_spans.begin() && at < std::prev(after)->end;
}

}  // namespace commonplace::prompt
