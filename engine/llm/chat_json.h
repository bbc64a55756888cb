// The JSON of OpenAI-compatible chat completions, and what all protocols have alike: lists of models and
// error bodies. Every reader takes any bytes: wrong types and unknown fields are skipped. Source: the OpenAI
// API description (CreateChatCompletionStreamResponse, ErrorResponse, ListModelsResponse) and the dialects of
// llama-server, Ollama, vLLM, Mistral, DeepSeek and OpenRouter. Pure functions, any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/llm/chat_piece.h"

namespace commonplace::llm {

/// Protocol when this is no JSON object, or one nested too deeply.
Result<ChatPiece> parseChatPiece(std::string_view json);
/// An event of a stream: a piece, "[DONE]", or an event of the name "error".
Result<ChatPiece> readChatEvent(std::string_view event, std::string_view data);

/// The ids in the list of models of any protocol, in its order; Protocol when there is no list.
Result<std::vector<std::string>> parseModelIds(std::string_view json);

/// How many tokens llama-server's {"tokens": […]} lists; nothing when it is none.
std::optional<std::size_t> parseTokenCount(std::string_view json);

/// What an error body of any shape says, raw and unbounded: the message inside JSON, the title of a web page,
/// or the text.
std::string serverMessage(std::string_view body);

}  // namespace commonplace::llm
