// What every reader of a format is written against: it hands pages and headings to a PageSink as it finds
// them and returns a Verdict. Plain values; thread: the caller's.
#pragma once

#include <string>

#include "engine/document/document.h"

namespace commonplace::extract {

enum class Flow { Continue, Stop };

class PageSink {
  public:
    virtual ~PageSink() = default;
    /// Stop: no more is wanted (a limit is reached); the reader returns what it has to say so far.
    virtual Flow page(document::Page page) = 0;
    /// After the page it stands on.
    virtual Flow heading(document::Heading heading) = 0;
};

/// What a reader says of a file as a whole.
struct Verdict {
    document::Status status = document::Status::Damaged;
    std::string reason;  ///< one line for people; empty for Indexed
    std::string title;   ///< one line; empty if the file has none
    int pagesWithoutText = 0;
};

}  // namespace commonplace::extract
