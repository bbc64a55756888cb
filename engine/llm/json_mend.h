// Makes JSON text readable that a careless server cut inside a character: invalid UTF-8 and lone surrogate
// escapes. Pure functions, any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace commonplace::llm {

/// Are there more than `limit` brackets and braces open at once? Counted outside of strings.
bool isNestedDeeperThan(std::string_view json, std::size_t limit);

/// Valid UTF-8 in which each bad byte is a stand-in character of the last private plane, and each lone \uD800
/// … \uDFFF escape is \ufffd.
std::string mendJson(std::string_view json);

/// A string out of mended JSON with its bad bytes put back, so that a character cut over two strings can be
/// joined.
std::string restoreBytes(std::string_view text);

}  // namespace commonplace::llm
