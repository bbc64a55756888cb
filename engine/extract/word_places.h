// Words with boxes put back into the text of their page. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/extract/page_view.h"

namespace commonplace::extract {

/// A word as it is drawn: line-end hyphens are still there, and its order is the text's, nearly always.
struct DrawnWord {
    std::string text;  ///< UTF-8
    Box box;
};

/// Finds each word in `text`. The two agree up to white space and hyphens in all but odd cases (right-to-left
/// lines, where letters and words may be turned round); a word that is not found near its place is left out.
std::vector<PlacedWord> placeWords(std::string_view text, const std::vector<DrawnWord>& drawn);

}  // namespace commonplace::extract
