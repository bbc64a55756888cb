// The JSON of Ollama's own API: what is asked, and the lines that come back. Source: Ollama's API description
// and its request types. Pure functions, any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/document/chat_model.h"
#include "engine/llm/chat_piece.h"

namespace commonplace::llm {

/// The body of POST /api/chat. The window is always sent (the server's own is small), and cutting the
/// conversation to fit is forbidden: it would be done silently, and take the passages away.
std::string ollamaBody(const document::ChatRequest& request, const std::string& model, std::size_t window);

/// One line of the stream. There are no event names.
Result<ChatPiece> readOllamaLine(std::string_view event, std::string_view line);

/// The body of POST /api/show.
std::string ollamaShowBody(const std::string& model);
/// The longest context that a model was trained for, from the answer to it.
std::optional<std::size_t> parseContextLength(std::string_view json);

}  // namespace commonplace::llm
