// The context window that a server itself tells of: a prompt is then packed for what the server can really
// read, not for what the settings hope. Inside engine/llm only. Sources: tools/server/README.md of llama.cpp
// (GET /props, the window of one slot), the models lists of vLLM (max_model_len), OpenRouter and Together
// (context_length), Groq (context_window) and LM Studio's own (GET /api/v0/models, loaded_context_length).
//
// Never a reason to fail: who says nothing, or nothing that can be, has told nothing. Bounded: a second for
// each of at most three pages, and none after one that did not come. Pages of the server's own are asked for
// on this computer only; elsewhere its list of models is, and no text is ever sent.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "engine/llm/model_list.h"

namespace commonplace::llm {

/// In tokens. Windows that could hold no question, or of absurd length, are none.
struct ToldWindow {
    std::optional<std::size_t> tokens = {};
    bool isLoading = false;  ///< it was told nothing because the model is not there yet: ask later
};

/// Is there a page that this server could tell it on?
bool canTellWindow(const Endpoint& endpoint);

/// Of the endpoint's model; of the first that is listed where the endpoint names none. Only OpenAI's protocol
/// and, on this computer, Anthropic's are asked.
ToldWindow toldWindow(const Server& server, const std::stop_token& stop);

/// By model, of those that tell; for who looks at all that a server on this computer has. `list`: what it
/// answered to Protocol::listPath().
std::map<std::string, std::size_t> toldWindows(const Server& server, std::string_view list,
                                               const std::stop_token& stop);

}  // namespace commonplace::llm
