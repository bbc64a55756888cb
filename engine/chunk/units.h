// Units: the sentences of a document with their word counts, the smallest parts that segments and chunks are
// made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/chunk/chunker.h"
#include "engine/chunk/outline.h"
#include "engine/document/document.h"

namespace commonplace::chunk {

/// What begins with a unit, from the weakest border to the strongest.
enum class Border : std::uint8_t {
    Within,    ///< the next part of a sentence that is longer than a segment; no chunk begins here
    Sentence,  ///< also a part of a sentence that is longer than a chunk
    Paragraph,
    Heading,
    Island,  ///< more than a line of rubbish without words was left out before it: no segment or chunk spans
             ///< it
};

struct Unit {
    int page = 0;           ///< index into the document's pages
    std::size_t begin = 0;  ///< byte range of the page's text, without white space at its ends
    std::size_t end = 0;
    int words = 0;     ///< at most Options::segmentWords; a "word" of more than 64 bytes counts several times
    int heading = -1;  ///< the outline entry above it, -1 before the first one
    Border border = Border::Sentence;
};

/// In document order. A sentence without a word is no unit.
std::vector<Unit> unitsOf(const document::ExtractedDocument& document,
                          const std::vector<OutlineEntry>& outline, const Options& options);

}  // namespace commonplace::chunk
