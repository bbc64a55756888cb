// Citation markers and quotations in what a model has written. The text is foreign: any nesting, any length.
#include <algorithm>

#include "engine/prompt/code_spans.h"
#include "engine/prompt/prompt.h"

namespace commonplace::prompt {
namespace {

constexpr std::size_t kLongestMarker = 64;
constexpr int kLargestNumber = 9999;

/// "[1, 3]" at `open`: its numbers, or nothing when it is something else.
Marker markerAt(std::string_view answer, std::size_t open) {
    Marker marker;
    const std::size_t close = answer.substr(0, open + kLongestMarker).find(']', open);
    if (close == std::string_view::npos || answer.substr(close + 1).starts_with('(')) return marker;
    int number = 0;
    bool digits = false, ended = false;
    for (std::size_t at = open + 1; at <= close; ++at) {
        const char c = answer[at];
        if (c >= '0' && c <= '9' && !ended && number <= kLargestNumber / 10) {
            number = number * 10 + (c - '0');
            digits = true;
        } else if (c == ' ') {
            ended = digits;
        } else if ((c == ',' || at == close) && digits && number > 0) {
            marker.numbers.push_back(number);
            number = 0;
            digits = ended = false;
        } else {
            return {};
        }
    }
    marker.range = {open, close + 1};
    return marker;
}

}  // namespace

std::vector<Marker> markers(std::string_view answer) {
    std::vector<Marker> result;
    const CodeSpans code(answer);
    for (std::size_t open = answer.find('['); open != std::string_view::npos;
         open = answer.find('[', open + 1)) {
        if (code.holds(open) || (open > 0 && answer[open - 1] == '\\')) continue;
        Marker marker = markerAt(answer, open);
        if (!marker.numbers.empty()) result.push_back(std::move(marker));
    }
    return result;
}

}  // namespace commonplace::prompt
