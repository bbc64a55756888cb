// What is asked, as the JSON body of a request in each protocol. Every text is sent as valid UTF-8. Pure
// functions, any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/document/chat_model.h"
#include "engine/llm/dialect.h"

namespace commonplace::llm {

/// POST /chat/completions.
std::string chatBody(const document::ChatRequest& request, const std::string& model, const Dialect& dialect);

/// POST /v1/messages. The rules and the conversation so far end in a cache mark each: they come again in the
/// same bytes with the next question, while the passages, which change, stand behind the marks. With
/// Dialect::searchResults the passages go as search_result blocks, one text block a sentence, and the service
/// cites them; titles carry the numbers that the rules speak of.
std::string anthropicBody(const document::ChatRequest& request, const std::string& model,
                          const Dialect& dialect);

/// Does anthropicBody() send this request's passages as search_result blocks?
bool sendsSearchResults(const document::ChatRequest& request, const Dialect& dialect);

/// POST /api/chat. The window is always sent (the server's own is small), and cutting the conversation to fit
/// is forbidden: it would be done silently, and take the passages away.
std::string ollamaBody(const document::ChatRequest& request, const std::string& model, std::size_t window);

/// POST /tokenize of llama-server; nothing in the text is a special token.
std::string tokenizeBody(std::string_view text);

/// POST /api/show.
std::string ollamaShowBody(const std::string& model);

}  // namespace commonplace::llm
