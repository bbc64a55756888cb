#include "engine/extract/format_run.h"

#include <algorithm>

namespace commonplace::extract {
namespace {

/// Follows runs in reading order and knows which are open.
class Nesting final {
  public:
    /// False: this run ends outside of one that it begins in, and does not count.
    bool enter(const base::Range& range) {
        while (!m_ends.empty() && m_ends.back() <= range.begin) m_ends.pop_back();
        if (!m_ends.empty() && range.end > m_ends.back()) return false;
        if (range.size() > 0) m_ends.push_back(range.end);
        return true;
    }

  private:
    std::vector<std::size_t> m_ends;
};

bool isBefore(const FormatRun& first, const FormatRun& second) {
    if (first.range.begin != second.range.begin) return first.range.begin < second.range.begin;
    return first.range.end > second.range.end;
}

struct Levels {
    int least = 0;
    int most = 0;
};

Levels levelsOf(RunKind kind) {
    switch (kind) {
        case RunKind::Heading:
            return {1, 6};
        case RunKind::Quote:
        case RunKind::Item:
            return {1, kDeepestLevel};
        case RunKind::Row:
            return {0, 1};
        default:
            return {0, 0};
    }
}

bool isKnown(RunKind kind) {
    return kind >= RunKind::Heading && kind <= RunKind::Code;
}
bool mayHaveDetail(RunKind kind) {
    return kind == RunKind::CodeBlock || kind == RunKind::Link;
}
bool mayHaveNumber(RunKind kind) {
    return kind == RunKind::Item || kind == RunKind::Cell;
}
bool isOneLine(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

bool hasPossibleFields(const FormatRun& run) {
    if (!isKnown(run.kind)) return false;
    const Levels levels = levelsOf(run.kind);
    if (run.level < levels.least || run.level > levels.most) return false;
    if (run.number < 0 || run.number > (mayHaveNumber(run.kind) ? kMostRunNumber : 0)) return false;
    return run.detail.size() <= (mayHaveDetail(run.kind) ? kMostRunDetail : 0) && isOneLine(run.detail);
}

bool hasPossibleRange(const FormatRun& run, std::string_view text) {
    const bool empty = run.range.begin == run.range.end;
    if (run.range.begin > run.range.end || empty != (run.kind == RunKind::Rule)) return false;
    return base::isCharacterEdge(text, run.range.begin) && base::isCharacterEdge(text, run.range.end);
}

}  // namespace

std::vector<FormatRun> inReadingOrder(std::vector<FormatRun> closingOrder) {
    // Of two runs over the same bytes the outer one closes last.
    std::reverse(closingOrder.begin(), closingOrder.end());
    std::stable_sort(closingOrder.begin(), closingOrder.end(), isBefore);
    Nesting nesting;
    std::erase_if(closingOrder, [&](const FormatRun& run) { return !nesting.enter(run.range); });
    return closingOrder;
}

bool arePossible(const std::vector<FormatRun>& runs, std::string_view text) {
    if (runs.size() > kMostRuns) return false;
    Nesting nesting;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (!hasPossibleFields(runs[i]) || !hasPossibleRange(runs[i], text)) return false;
        if (i > 0 && isBefore(runs[i], runs[i - 1])) return false;
        if (!nesting.enter(runs[i].range)) return false;
    }
    return true;
}

}  // namespace commonplace::extract
