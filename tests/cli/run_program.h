// Runs the real program as a person would and returns what it printed.
#pragma once

#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/support/temp_folder.h"

namespace commonplace::test {

struct Ran {
    int code = -1;
    std::string out;
    std::string err;
};

inline std::string quoted(const std::string& word) {
    std::string safe = "'";
    for (const char c : word) safe += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return safe + "'";
}

inline std::string contentsOf(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// One library in a temporary folder; `prefix` is put before the command ("ulimit -f 100;", "FOO=bar").
class ProgramRunner {
  public:
    Ran run(const std::vector<std::string>& arguments, const std::string& prefix = {}) const {
        std::string command = prefix + " env XDG_CONFIG_HOME=" + quoted((m_folder / "config").native()) +
                              " " + quoted(COMMONPLACE_PROGRAM) + " --library " +
                              quoted((m_folder / "library").native());
        for (const std::string& argument : arguments) command += " " + quoted(argument);
        command += " >" + quoted((m_folder / "out").native()) + " 2>" + quoted((m_folder / "err").native()) +
                   " </dev/null";
        const int status = std::system(command.c_str());
        return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, contentsOf(m_folder / "out"),
                contentsOf(m_folder / "err")};
    }
    const TempFolder& folder() const { return m_folder; }
    std::string path(const std::string& name) const { return (m_folder / name).native(); }

  private:
    TempFolder m_folder;
};

inline std::size_t lineCount(const std::string& text) {
    return std::count(text.begin(), text.end(), '\n');
}

}  // namespace commonplace::test
