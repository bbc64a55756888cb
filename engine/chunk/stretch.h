// A stretch is a part of a page that holds whole paragraphs; here it is cut into sentences, and sentences
// that are too long into pieces. Internal to chunk.
#pragma once

#include <string_view>
#include <vector>

#include "engine/base/text.h"
#include "engine/chunk/units.h"

namespace commonplace::chunk {

struct Piece {
    base::Range range;  ///< bytes of the stretch, without white space at its ends
    int words = 0;      ///< 0: nothing in it is worth finding
    Border border = Border::Sentence;
};

/// All sentences of the stretch, in order; each piece has at most Options::segmentWords words.
std::vector<Piece> piecesOf(std::string_view stretch, const Options& options);

}  // namespace commonplace::chunk
