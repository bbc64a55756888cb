// The title of a conversation: what is sent to a model for it, and what of its reply is taken. The template
// is resources/prompts/title.v1.md. Pure functions, any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "engine/document/chat_model.h"
#include "engine/prompt/prompt.h"

namespace commonplace::prompt {

constexpr std::size_t kTitleCharacters = 60;  ///< code points, the "…" of a cut one among them

/// With the turn that began the conversation, its parts clipped.
document::ChatRequest titleRequest(const HistoryTurn& turn);

/// One line of at most kTitleCharacters without control and invisible characters, quotation marks around it
/// or marks of Markdown. Nothing when the reply is no title: empty, without a word, or far too long.
std::optional<std::string> titleOf(std::string_view reply);

}  // namespace commonplace::prompt
