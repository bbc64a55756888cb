// Edit distance, for guessing what a mistyped name was meant to be. Pure, any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace commonplace::base {

/// How many bytes must be added, removed, changed or swapped with their neighbour to make `b` of `a` (optimal
/// string alignment; Damerau 1964). Takes time as the product of their lengths: for names, not for texts.
std::size_t editDistance(std::string_view a, std::string_view b);

/// The one of `known` that `word` was most likely meant to be: at most two changes away, one for words of
/// less than four bytes, and two bytes must be left of it ("-k" is no slip for "-h"). Of equals the first;
/// empty when none is near. `word` itself counts as known.
std::string closest(std::string_view word, const std::vector<std::string>& known);

}  // namespace commonplace::base
