// Which optional request fields a server understands, learned from its complaints. Pure functions, any
// thread.
#pragma once

#include <optional>
#include <string_view>

namespace commonplace::llm {

/// Begins with what most servers take.
struct Dialect {
    bool streamOptions = true;  ///< stream_options {include_usage}: token counts at the end of the stream
    bool maxCompletionTokens = false;  ///< the bound is called max_completion_tokens instead of max_tokens
    bool temperature = true;           ///< some reasoning models take their own only
    bool searchResults = false;        ///< passages as search_result blocks, which are cited (Anthropic)
};

/// The dialect to try once more after an error that complains about a field; none when it is about something
/// else. Each field changes at most once, so asking again always comes to an end.
std::optional<Dialect> adapted(const Dialect& used, int status, std::string_view body);

}  // namespace commonplace::llm
