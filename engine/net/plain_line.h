// Text of another party (a server's error message, a URL of the user) as one harmless line for a terminal, a
// log or a label. Pure functions, any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace commonplace::net {

/// Valid UTF-8 without terminal escapes (ECMA-48 control sequences and strings), control characters and
/// invisible direction marks; every run of white space, line ends included, is one space.
std::string plainLine(std::string_view text);

/// At most `limit` bytes of valid UTF-8; a longer text ends with "…" in place of what was cut.
std::string clipLine(std::string_view text, std::size_t limit = 300);

}  // namespace commonplace::net
