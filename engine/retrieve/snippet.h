// Snippet: the few words of a passage that show best why it was found, exactly as they stand on the page.
//
// A snippet is a slice of one page's text with white space collapsed and nothing else changed, so that
// base::collapseSpace(page) contains it. Matching sees the text as the index does (chunk::clean): a word
// broken by a line-end hyphen or written with a ligature is found, and marked as it stands. Pure, any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/text.h"
#include "engine/retrieve/term_matcher.h"

namespace commonplace::retrieve {

struct Snippet {
    std::string text;
    std::vector<base::Range> marks;  ///< byte ranges of `text`, in order, disjoint
    double score = 0;                ///< of the window: to choose between the pages of a passage
};

/// The best window of at most `words` words within `span` of a page's text. Windows that start with a
/// sentence win ties. A span outside of the text is cut to it; one without words gives an empty snippet.
Snippet bestSnippet(std::string_view pageText, const base::Range& span, const TermMatcher& matcher,
                    std::size_t words = 40);

}  // namespace commonplace::retrieve
