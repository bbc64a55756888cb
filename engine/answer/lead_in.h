// LeadIn: what stands before a sentence without belonging to it: headings that the text of a page runs into
// the sentence below them, and bullets.
#pragma once

#include <cstddef>
#include <string_view>

namespace commonplace::answer {

/// True when most words of a line begin with a capital, as in headings.
bool looksLikeHeading(std::string_view line);

struct LeadIn {
    std::size_t bytes = 0;  ///< to leave out at the beginning
    bool bullet = false;    ///< a bullet is the last of it
};
/// Whole heading lines, as long as a capital follows them, then bullets.
LeadIn leadIn(std::string_view sentence);

}  // namespace commonplace::answer
