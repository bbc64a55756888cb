// Rewriting a follow-up into a question that stands by itself: what is sent to the small model, and what of
// its reply is taken. The template is resources/prompts/rewrite.v1.md. Pure functions, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/document/chat_model.h"
#include "engine/prompt/prompt.h"

namespace commonplace::prompt {

/// With the newest turns, their answers clipped: what a pronoun stands for was said a moment ago.
document::ChatRequest rewriteRequest(std::string_view question, const std::vector<HistoryTurn>& history);

/// The rewritten question. Nothing when the reply is none: empty, more than a line, far longer than a
/// question, or the question as it was.
std::optional<std::string> rewrittenQuestion(std::string_view reply, std::string_view question);

}  // namespace commonplace::prompt
