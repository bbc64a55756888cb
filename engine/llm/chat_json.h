// The JSON of OpenAI-compatible chat completions, and the only place of this room that knows a JSON library.
// Every reader takes any bytes: wrong types and unknown fields are skipped, nesting is bounded, broken UTF-8
// and lone surrogates are mended. Source: the OpenAI API description (CreateChatCompletionStreamResponse,
// ErrorResponse, ListModelsResponse) and the dialects of llama-server, Ollama, vLLM, Mistral, DeepSeek and
// OpenRouter. Pure functions, any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/document/chat_model.h"
#include "engine/llm/dialect.h"

namespace commonplace::llm {

/// The body of POST /chat/completions.
std::string chatBody(const document::ChatRequest& request, const std::string& model, const Dialect& dialect);

/// One chunk of a stream, or a whole answer that was not streamed.
struct ChatPiece {
    std::string text;             ///< of the answer; raw bytes, which may begin or end inside a character
    std::size_t hiddenBytes = 0;  ///< of reasoning, which is not shown
    bool hasChoices = false;      ///< `choices` was there and not empty
    std::optional<std::string> finishReason;
    std::optional<std::string> error;  ///< the server's words
    std::optional<long> promptTokens;
    std::optional<long> completionTokens;
};

/// Protocol when this is no JSON object, or one nested too deeply.
Result<ChatPiece> parseChatPiece(std::string_view json);

/// The ids in the body of GET /models, in its order; Protocol when there is no list.
Result<std::vector<std::string>> parseModelIds(std::string_view json);

/// What an error body of any shape says, raw and unbounded: the message inside JSON, the title of a web page,
/// or the text.
std::string serverMessage(std::string_view body);

}  // namespace commonplace::llm
