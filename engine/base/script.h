// The scripts of letters, Unicode Standard Annex 24 through ICU. Pure, any thread.
#pragma once

#include <optional>

namespace commonplace::base {

/// The script of a letter as a number that only equality means something for (kana counts as Han, which it is
/// mixed with); nullopt for what no script owns: digits, signs, most combining marks.
std::optional<int> scriptOf(char32_t value);

}  // namespace commonplace::base
