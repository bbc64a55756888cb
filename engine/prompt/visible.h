// Visible: what of a file's text may stand in a prompt. Text that a person cannot see must not speak to a
// model: hidden instructions travel in zero-width, direction and tag characters.
#pragma once

#include <string>
#include <string_view>

namespace commonplace::prompt {

/// Without control, zero-width, bidirectional, filler, variation and tag characters. The joiners U+200C and
/// U+200D stay between letters of the scripts that need them.
std::string visible(std::string_view text);

/// A passage's text for the template, or a summary's: visible, and unable to close or open one of its own.
std::string passageText(std::string_view text);
/// A file name or title for an attribute: visible, one line, no quotes or angle brackets, at most 200 bytes.
std::string attributeText(std::string_view text);

}  // namespace commonplace::prompt
