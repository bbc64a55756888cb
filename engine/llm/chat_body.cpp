#include "engine/llm/chat_body.h"

#include <algorithm>
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

json searchResult(const document::PassageBlock& passage) {
    json sentences = json::array();
    for (const std::string& sentence : passage.sentences)
        if (!isBlank(sentence)) sentences.push_back(textBlock(sentence));
    return {{"type", "search_result"},
            {"source", passage.source},
            {"title", passage.title},
            {"content", std::move(sentences)},
            {"citations", {{"enabled", true}}}};
}

json searchResults(const document::PassageBlocks& parts) {
    json blocks = json::array();
    for (const document::PassageBlock& passage : parts.passages) blocks.push_back(searchResult(passage));
    blocks.push_back(textBlock(parts.question));
    return blocks;
}

// Roles must alternate and a blank block is refused, so neighbours of one role become one message.
json turns(const document::ChatRequest& request, const Dialect& dialect) {
    json messages = json::array();
    for (const document::Message& message : request.messages) {
        if (message.role == Role::System || isBlank(message.text)) continue;
        const char* role = document::name(message.role);
        if (messages.empty() || messages.back()["role"] != role)
            messages.push_back({{"role", role}, {"content", json::array()}});
        json& content = messages.back()["content"];
        const bool isLast = &message == &request.messages.back();
        if (isLast && sendsSearchResults(request, dialect))
            for (json& block : searchResults(*request.blocks)) content.push_back(std::move(block));
        else
            content.push_back(textBlock(message.text));
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

// All or none: a service refuses a request in which only some sources are cited, and an empty one.
bool sendsSearchResults(const document::ChatRequest& request, const Dialect& dialect) {
    if (!dialect.searchResults || !request.blocks || request.blocks->passages.empty()) return false;
    if (request.messages.empty() || request.messages.back().role != Role::User) return false;
    const auto isSound = [](const document::PassageBlock& passage) {
        return !isBlank(passage.source) && !isBlank(passage.title) &&
               std::any_of(passage.sentences.begin(), passage.sentences.end(),
                           [](const std::string& sentence) { return !isBlank(sentence); });
    };
    return !isBlank(request.blocks->question) &&
           std::all_of(request.blocks->passages.begin(), request.blocks->passages.end(), isSound);
}

std::string anthropicBody(const document::ChatRequest& request, const std::string& model,
                          const Dialect& dialect) {
    json body{{"model", model},
              {"max_tokens", request.maxTokens},
              {"messages", turns(request, dialect)},
              {"stream", true}};
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

std::string tokenizeBody(std::string_view text) {
    return dump({{"content", text}, {"add_special", false}, {"parse_special", false}});
}

std::string ollamaShowBody(const std::string& model) {
    return dump({{"model", model}});
}

}  // namespace commonplace::llm
