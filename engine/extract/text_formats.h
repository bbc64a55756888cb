// The formats whose bytes are text: plain text, Markdown, HTML. Each decodes, converts and delivers one page.
#pragma once

#include <string_view>

#include "engine/base/result.h"
#include "engine/extract/format_run.h"
#include "engine/extract/page_sink.h"

namespace commonplace::extract {

Verdict readPlainText(std::string_view bytes, PageSink& sink);
Verdict readMarkdown(std::string_view bytes, PageSink& sink);
Verdict readHtml(std::string_view bytes, PageSink& sink);

/// The text of a Markdown or HTML file with its format runs. NotFound: the format has none; Corrupt: binary
/// data; Limit: too long to be shown formatted (protocol_runs.h).
Result<StyledText> readStyled(document::Format format, std::string_view bytes);

}  // namespace commonplace::extract
