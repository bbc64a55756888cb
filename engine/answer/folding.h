// Folding: text as proof.cpp compares it, by the table in proof.h, each character with the bytes it came
// from.
//
// White space and dashes are kept apart from the other characters, in the *gaps* between them: they are all
// that a line end can change, so that two texts agree when their units agree one by one and every gap is one
// that the page allows.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/text.h"

namespace commonplace::answer {

/// What stands before a unit: a range of Folded::gapText, and which shorter forms a line end inside it
/// allows.
struct Gap {
    base::Range range;
    bool mayVanish = false;      ///< "" is allowed: joined away
    bool maySpareSpace = false;  ///< "-" is allowed for "- "
};

struct Unit {
    char32_t value = 0;
    base::Range source;  ///< the letters of a ligature share theirs
    Gap before;
};

struct Folded {
    std::vector<Unit> units;
    Gap after;                           ///< behind the last unit
    std::string gapText;                 ///< ' ' for a run of white space, '-' for a dash
    std::vector<base::Range> gapSource;  ///< for each character of gapText
    std::string_view gap(const Gap& gap) const {
        return std::string_view(gapText).substr(gap.range.begin, gap.range.size());
    }
};

Folded fold(std::string_view text);

bool isLineEnd(char32_t value);
/// Row 6 of the table.
bool isDash(char32_t value);
/// Row 5, single ones.
bool isApostrophe(char32_t value);

inline constexpr char32_t kSoftHyphen = 0xAD;

}  // namespace commonplace::answer
