// The JSON of Ollama's own API: the lines that come back. Source: Ollama's API description
// and its request types. Pure functions, any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "engine/base/result.h"
#include "engine/llm/chat_piece.h"

namespace commonplace::llm {

/// One line of the stream. There are no event names.
Result<ChatPiece> readOllamaLine(std::string_view event, std::string_view line);

/// The longest context that a model was trained for, from the answer of /api/show.
std::optional<std::size_t> parseContextLength(std::string_view json);

}  // namespace commonplace::llm
