#include "engine/base/shell_word.h"

#include <string_view>

namespace commonplace::base {

std::string shellWord(const std::string& word) {
    constexpr std::string_view kPlain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:#@%+,=";
    if (!word.empty() && word.find_first_not_of(kPlain) == word.npos && word.front() != '#') return word;
    std::string quoted = "'";
    for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

}  // namespace commonplace::base
