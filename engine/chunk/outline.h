// Outline: which headings stand above a place of the document.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/document/document.h"

namespace commonplace::chunk {

struct OutlineEntry {
    int page = 0;
    std::size_t begin = 0;  ///< the line of the heading, with its markup ("## ")
    std::size_t end = 0;    ///< behind that line
    std::string path;       ///< "Install › Linux"
};

/// The headings in document order; those that point outside of the document are left out.
std::vector<OutlineEntry> outlineOf(const document::ExtractedDocument& document);

}  // namespace commonplace::chunk
