// PDF through poppler-cpp, page by page: each page's text goes to the sink before the next is read.
//
// Text comes in poppler's reading order (columns, rotation; line-end hyphens are joined by poppler), of what
// lies inside the crop box: what a reader of the page sees. Pages keep their place: one without text is sent
// empty. Status: encrypted (needs a password; one for owners only does not stop reading), damaged (cannot be
// opened, or no pages), no_text, partial (pages failed, or the file's tables had to be rebuilt), indexed.
//
// Thread: one at a time in a process (poppler's error callback is global).
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "engine/extract/page_sink.h"

namespace commonplace::extract {

/// `bytes` must stay where they are until this returns.
Verdict readPdf(std::string_view bytes, PageSink& sink);

/// The title that a PDF's metadata gives, without what programs put there: "Microsoft Word - Plan.doc" is
/// "Plan", "untitled", "about:blank" and bare numbers are nothing.
std::string cleanTitle(std::string_view title);

/// Keeps loaded what poppler converts text with, for as long as it lives. glibc would otherwise load and drop
/// those modules for every page, and could not load them at all once the worker has given up the file system.
class Converters final {
  public:
    Converters();
    ~Converters();
    Converters(const Converters&) = delete;
    Converters& operator=(const Converters&) = delete;

  private:
    std::array<void*, 3> m_open;  ///< iconv handles
};

}  // namespace commonplace::extract
