// The formats whose bytes are text: plain text, Markdown, HTML. Each decodes, converts and delivers one page.
#pragma once

#include <string_view>

#include "engine/extract/page_sink.h"

namespace commonplace::extract {

Verdict readPlainText(std::string_view bytes, PageSink& sink);
Verdict readMarkdown(std::string_view bytes, PageSink& sink);
Verdict readHtml(std::string_view bytes, PageSink& sink);

}  // namespace commonplace::extract
