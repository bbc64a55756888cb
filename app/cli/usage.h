// The one line about a command line that was not understood: what is wrong, what was probably meant, and
// whose --help to read.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace commonplace::app::cli {

/// `error`: as parsing `words`, the arguments without the program's name, threw it. Without a line end.
std::string usageLine(const CLI::App& app, const CLI::ParseError& error,
                      const std::vector<std::string>& words);

}  // namespace commonplace::app::cli
