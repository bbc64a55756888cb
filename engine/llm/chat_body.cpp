#include "engine/llm/chat_body.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "engine/base/text.h"

namespace commonplace::llm {
namespace {

using document::Role;
using nlohmann::json;

// Loading takes long, and a person reads between two questions.
constexpr const char* kKeepLoaded = "15m";

std::string dump(const json& body) {
    return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

json plainMessages(const document::ChatRequest& request) {
    json messages = json::array();
    for (const document::Message& message : request.messages)
        messages.push_back({{"role", document::name(message.role)}, {"content", message.text}});
    return messages;
}

json textBlock(const std::string& text) {
    return {{"type", "text"}, {"text", text}};
}

bool isBlank(const std::string& text) {
    return base::trim(text).empty();
}

void markForCache(json& blocks) {
    if (!blocks.empty()) blocks.back()["cache_control"] = {{"type", "ephemeral"}};
}

json systemBlocks(const document::ChatRequest& request) {
    json blocks = json::array();
    for (const document::Message& message : request.messages)
        if (message.role == Role::System && !isBlank(message.text)) blocks.push_back(textBlock(message.text));
    markForCache(blocks);
    return blocks;
}

// Roles must alternate and a blank block is refused, so neighbours of one role become one message.
json turns(const document::ChatRequest& request) {
    json messages = json::array();
    for (const document::Message& message : request.messages) {
        if (message.role == Role::System || isBlank(message.text)) continue;
        const char* role = document::name(message.role);
        if (messages.empty() || messages.back()["role"] != role)
            messages.push_back({{"role", role}, {"content", json::array()}});
        messages.back()["content"].push_back(textBlock(message.text));
    }
    if (messages.size() >= 2) markForCache(messages[messages.size() - 2]["content"]);
    return messages;
}

}  // namespace

std::string chatBody(const document::ChatRequest& request, const std::string& model, const Dialect& dialect) {
    json body{{"model", model}, {"messages", plainMessages(request)}, {"stream", true}};
    body[dialect.maxCompletionTokens ? "max_completion_tokens" : "max_tokens"] = request.maxTokens;
    if (dialect.temperature) body["temperature"] = request.temperature;
    if (dialect.streamOptions) body["stream_options"] = {{"include_usage", true}};
    return dump(body);
}

std::string anthropicBody(const document::ChatRequest& request, const std::string& model,
                          const Dialect& dialect) {
    json body{
        {"model", model}, {"max_tokens", request.maxTokens}, {"messages", turns(request)}, {"stream", true}};
    if (json rules = systemBlocks(request); !rules.empty()) body["system"] = std::move(rules);
    if (dialect.temperature) body["temperature"] = request.temperature;
    return dump(body);
}

std::string ollamaBody(const document::ChatRequest& request, const std::string& model, std::size_t window) {
    return dump(
        {{"model", model},
         {"messages", plainMessages(request)},
         {"stream", true},
         {"truncate", false},
         {"shift", false},
         {"keep_alive", kKeepLoaded},
         {"options",
          {{"num_ctx", window}, {"num_predict", request.maxTokens}, {"temperature", request.temperature}}}});
}

std::string ollamaShowBody(const std::string& model) {
    return dump({{"model", model}});
}

}  // namespace commonplace::llm
