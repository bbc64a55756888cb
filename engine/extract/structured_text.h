// StructuredText: the text of a format without pages (Markdown, HTML, plain text), its headings and its
// title.
#pragma once

#include <string>
#include <vector>

#include "engine/document/document.h"
#include "engine/extract/format_run.h"
#include "engine/extract/page_sink.h"

namespace commonplace::extract {

struct StructuredText {
    std::string title;                        ///< one line; empty if there is none
    std::string text;                         ///< paragraphs separated by an empty line
    std::vector<document::Heading> headings;  ///< all on page index 0
    std::vector<FormatRun> runs;              ///< in reading order; only when they were asked for
};

/// A title, label or reason as it may leave the reader: valid UTF-8, white space collapsed, at most `limit`
/// bytes.
std::string oneLine(std::string_view text, std::size_t limit);

/// Valid UTF-8 with unix line ends, without control characters (form feeds become line ends) and byte order
/// marks.
std::string cleanText(std::string_view text);

/// Hands the text over as the single page 0 and says whether there is any.
Verdict deliver(StructuredText content, PageSink& sink);

}  // namespace commonplace::extract
