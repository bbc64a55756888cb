// Where the words of a place stand in the stored text of its page. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/text.h"
#include "ui/bridge/types.h"

namespace commonplace::ui {

/// The range that the place names, if the quote really stands there; else where the quote stands
/// (answer/proof.h; quotes too short for a proof: the same letters and digits, whole words). A quote with
/// omissions ("…") has several parts, each of at least answer::kMinimumWords words and near behind the one
/// before it. Empty: nothing to light up. Never a guess.
std::vector<base::Range> rangesOf(const Place& place, std::string_view page);

/// The UTF-16 range of a byte range; both ends stand on characters.
TextRange utf16RangeOf(std::string_view text, const base::Range& range);
/// The same for many ranges: for each byte of the text and its end, the UTF-16 units before it.
std::vector<int> unitsBefore(std::string_view text);

}  // namespace commonplace::ui
