// Format runs: how stretches of the text of a Markdown or HTML document looked in the file: headings, strong
// words, lists, tables. They lie over the text (bytes of it) and never change it. Plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/text.h"

namespace commonplace::extract {

enum class RunKind : std::uint8_t {
    Heading = 1,    ///< level 1 to 6
    Quote = 2,      ///< level: how deep, from 1
    Item = 3,       ///< of a list, marker included; level: how deep, from 1; number: 0 has a bullet
    Marker = 4,     ///< what extraction wrote before an item: "  - ", "12. ", "- [x] "
    CodeBlock = 5,  ///< detail: its language, may be empty
    Table = 6,
    Row = 7,     ///< level 1: it heads the columns
    Cell = 8,    ///< number: its column from 0; empty cells have no run
    Rule = 9,    ///< an empty range where a line across the page stood
    Image = 10,  ///< its alternative text
    Link = 11,   ///< detail: the address as the file has it, never followed by anybody here
    Strong = 12,
    Emphasis = 13,
    Strike = 14,
    Code = 15,
};

struct FormatRun {
    RunKind kind = RunKind::Strong;
    base::Range range;
    int level = 0;
    int number = 0;
    std::string detail;
    bool operator==(const FormatRun&) const = default;
};

/// Bounds. What is deeper counts as this deep; what has more runs is not formatted at all.
inline constexpr int kDeepestLevel = 16;
inline constexpr int kMostRunNumber = 1'000'000'000;
inline constexpr std::size_t kMostRuns = 200'000;
inline constexpr std::size_t kMostRunDetail = 2048;

/// Brings runs into the order in which they are handed on: by beginning, the longer before the shorter, what
/// contains before what is contained; a run that would end outside of one it begins in goes.
std::vector<FormatRun> inReadingOrder(std::vector<FormatRun> closingOrder);

/// Whether runs can be what extraction says of `text`: in reading order, nested, at its characters, every
/// field within its bounds.
bool arePossible(const std::vector<FormatRun>& runs, std::string_view text);

/// A text with its runs.
struct StyledText {
    std::string title;  ///< one line; may be empty
    std::string text;   ///< what extraction makes of the file: the text in the index, if made by this version
    std::vector<FormatRun> runs;  ///< in reading order
};

}  // namespace commonplace::extract
