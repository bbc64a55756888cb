// The JSON of Anthropic's Messages API: the events that come back. Source: the types of
// Anthropic's own client libraries. Pure functions, any thread.
#pragma once

#include <string_view>

#include "engine/base/result.h"
#include "engine/llm/chat_piece.h"

namespace commonplace::llm {

/// One event of the stream, or a whole message that was not streamed. Unknown events are empty pieces.
Result<ChatPiece> readAnthropicEvent(std::string_view event, std::string_view data);

}  // namespace commonplace::llm
