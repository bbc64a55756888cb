// WordEdge: may a quote begin or end here, or would it cut a word or a number (the last paragraph of
// proof.h's table)?
#pragma once

#include <cstddef>
#include <string_view>

namespace commonplace::answer {

/// True when byte `at` of `text` lies inside a word or a number. A match is allowed to begin and end
/// elsewhere only.
bool cutsWord(std::string_view text, std::size_t at);

}  // namespace commonplace::answer
