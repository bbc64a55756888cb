// The JSON of Anthropic's Messages API: what is asked, and the events that come back. Source: the types of
// Anthropic's own client libraries. Pure functions, any thread.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/document/chat_model.h"
#include "engine/llm/chat_piece.h"
#include "engine/llm/dialect.h"

namespace commonplace::llm {

/// The body of POST /v1/messages. The rules and the conversation so far end in a cache mark each: they come
/// again in the same bytes with the next question, while the passages, which change, stand behind the marks.
std::string anthropicBody(const document::ChatRequest& request, const std::string& model,
                          const Dialect& dialect);

/// One event of the stream, or a whole message that was not streamed. Unknown events are empty pieces.
Result<ChatPiece> readAnthropicEvent(std::string_view event, std::string_view data);

}  // namespace commonplace::llm
