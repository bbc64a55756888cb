// A word as one types it into a POSIX shell.
#pragma once

#include <string>

namespace commonplace::base {

/// In single quotes where it holds anything that a shell could take for something else.
std::string shellWord(const std::string& word);

}  // namespace commonplace::base
