// Chunker: pages of text to retrievable passages of about 200 words.
//
// Rules (each is a test): sentences are never cut unless one alone is longer than a chunk; a heading starts a
// chunk when the one before it is long enough to stand alone, and the headings above travel along; chunks are
// even (a remainder is shared) and repeat about 40 words of the one before, but nothing across a heading; a
// chunk covers at most two pages, a segment exactly one; two pages are always separated in the text, never
// glued; every word knows its page and byte range through Chunk::spans, and Chunk::text is clean() of the
// spans, joined by a line feed. Segments cover what is new in a chunk: repeated words have their vector in
// the chunk before, so nothing is embedded twice and no two chunks tie on the same vector. Equal input gives
// equal chunks, and a change in one paragraph changes only the segments and chunks around it (borders restart
// at paragraphs and pages). Text without a word ("•", rules of dashes) is in no chunk of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/text.h"
#include "engine/document/document.h"

namespace commonplace::chunk {

/// All counts are UAX 29 words. Part of the index's format: changing a default means re-chunking (kVersion).
struct Options {
    int words = 200;        ///< aim of a chunk
    int overlapWords = 40;  ///< repeated at the start of the next chunk, in whole sentences
    int segmentWords = 80;  ///< bound of a segment: the built-in encoder reads 128 tokens
    int minimumWords = 60;  ///< a heading does not end a chunk shorter than this
};
inline constexpr int kVersion = 1;

std::vector<document::Chunk> chunks(const document::ExtractedDocument& document, const Options& options = {});

/// Text cleaned for search, with the way back: cleaned byte i came from source byte sourceOffset[i].
/// Ligatures U+FB00…FB06 are spelled out, soft hyphens dropped, a hyphen at a line end before a lower-case
/// letter joined, each white-space run made one space (an empty line stays one line feed); none is left at
/// the ends.
struct CleanText {
    std::string text;
    std::vector<std::uint32_t> sourceOffset;  ///< size text.size() + 1; never falls
};
CleanText clean(std::string_view source);

}  // namespace commonplace::chunk
