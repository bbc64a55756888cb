// Edit distance, for guessing what a mistyped name was meant to be. Pure, any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace commonplace::base {

/// How many bytes must be added, removed or changed to make `b` of `a` (Levenshtein 1966). Takes time as the
/// product of their lengths: for names, not for texts.
std::size_t editDistance(std::string_view a, std::string_view b);

}  // namespace commonplace::base
