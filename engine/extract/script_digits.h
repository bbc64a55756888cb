// Superscript and subscript markup to the characters of Unicode, where they exist: 10<sup>2</sup> must not be
// read as 102.
#pragma once

#include <string>
#include <string_view>

namespace commonplace::extract {

enum class Script { Normal, Raised, Lowered };

/// "2" raised is "²", "n+1" is "ⁿ⁺¹"; text with a character that has no such form ("th") comes back
/// unchanged.
std::string inScript(std::string_view text, Script script);

}  // namespace commonplace::extract
