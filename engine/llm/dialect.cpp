#include "engine/llm/dialect.h"

#include <algorithm>
#include <array>
#include <string>

namespace commonplace::llm {
namespace {

// The words in which servers say that they do not know a field; a value that is merely too large is none of
// them.
constexpr std::array<std::string_view, 9> kUnknown{"support",     "unknown",     "unrecognized",
                                                   "unexpected",  "extra",       "permitted",
                                                   "not allowed", "cannot find", "additional propert"};

std::string lowerCase(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return lower;
}

}  // namespace

std::optional<Dialect> adapted(const Dialect& used, int status, std::string_view body) {
    if (status != 400 && status != 422) return std::nullopt;
    const std::string said = lowerCase(body);
    const auto names = [&](std::string_view words) { return said.find(words) != std::string::npos; };
    Dialect next = used;
    // Whatever is wrong with them, and in whatever words: the same passages can be sent as text.
    if (used.searchResults && (names("search_result") || names("citations"))) {
        next.searchResults = false;
        return next;
    }
    if (std::none_of(kUnknown.begin(), kUnknown.end(), names)) return std::nullopt;
    if (names("stream_options")) next.streamOptions = false;
    if (names("max_tokens")) next.maxCompletionTokens = true;
    if (names("temperature")) next.temperature = false;
    const bool changed = next.streamOptions != used.streamOptions || next.temperature != used.temperature ||
                         next.maxCompletionTokens != used.maxCompletionTokens;
    return changed ? std::optional(next) : std::nullopt;
}

}  // namespace commonplace::llm
