#include "engine/llm/anthropic_json.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "engine/llm/chat_json.h"
#include "engine/llm/json_read.h"

namespace commonplace::llm {
namespace {

using document::Role;
using nlohmann::json;

constexpr std::array<std::pair<std::string_view, int>, 9> kErrorStatus{{{"invalid_request_error", 400},
                                                                        {"authentication_error", 401},
                                                                        {"billing_error", 402},
                                                                        {"permission_error", 403},
                                                                        {"not_found_error", 404},
                                                                        {"request_too_large", 413},
                                                                        {"rate_limit_error", 429},
                                                                        {"api_error", 500},
                                                                        {"overloaded_error", 529}}};

json textBlock(const std::string& text) {
    return {{"type", "text"}, {"text", text}};
}

void markForCache(json& blocks) {
    if (!blocks.empty()) blocks.back()["cache_control"] = {{"type", "ephemeral"}};
}

json systemBlocks(const document::ChatRequest& request) {
    json blocks = json::array();
    for (const document::Message& message : request.messages)
        if (message.role == Role::System && !message.text.empty()) blocks.push_back(textBlock(message.text));
    markForCache(blocks);
    return blocks;
}

// Roles must alternate and an empty block is refused, so neighbours of one role become one message.
json turns(const document::ChatRequest& request) {
    json messages = json::array();
    for (const document::Message& message : request.messages) {
        if (message.role == Role::System || message.text.empty()) continue;
        const char* role = document::name(message.role);
        if (messages.empty() || messages.back()["role"] != role)
            messages.push_back({{"role", role}, {"content", json::array()}});
        messages.back()["content"].push_back(textBlock(message.text));
    }
    if (messages.size() >= 2) markForCache(messages[messages.size() - 2]["content"]);
    return messages;
}

// In the words that ChatPiece::finishReason has for it.
std::string finishReason(const std::string& reason) {
    if (reason == "max_tokens") return "length";
    if (reason == "refusal") return "content_filter";
    return reason == "model_context_window_exceeded" ? "context" : reason;
}

void readUsage(const json& usage, ChatPiece& piece) {
    const auto fresh = countOf(member(usage, "input_tokens"));
    const auto count = [&](const char* name) { return countOf(member(usage, name)).value_or(0); };
    if (fresh)
        piece.promptTokens = *fresh + count("cache_creation_input_tokens") + count("cache_read_input_tokens");
    piece.completionTokens = countOf(member(usage, "output_tokens"));
}

void readStop(const json& object, ChatPiece& piece) {
    if (const std::string reason = textOf(member(object, "stop_reason")); !reason.empty())
        piece.finishReason = finishReason(reason);
}

// A content block, a delta of one, or the parts of both that are not shown.
void readBlock(const json& block, ChatPiece& piece) {
    const std::string type = textOf(member(block, "type"));
    if (type == "text" || type == "text_delta") piece.text += textOf(member(block, "text"));
    for (const char* hidden : {"thinking", "partial_json"})
        piece.hiddenBytes += textOf(member(block, hidden)).size();
}

void readWhole(const json& message, ChatPiece& piece) {
    const json& content = member(message, "content");
    piece.hasAnswer = content.is_array();
    if (content.is_array())
        for (const json& block : content) readBlock(block, piece);
    readUsage(member(message, "usage"), piece);
    readStop(message, piece);
}

void readError(const json& value, ChatPiece& piece) {
    const std::string type = textOf(member(member(value, "error"), "type"));
    const auto known = std::find_if(kErrorStatus.begin(), kErrorStatus.end(),
                                    [&](const auto& entry) { return entry.first == type; });
    if (known != kErrorStatus.end()) piece.errorStatus = known->second;
    if (!piece.error) piece.error = messageIn(value);
}

void fillPiece(const json& value, ChatPiece& piece) {
    const std::string type = textOf(member(value, "type"));
    if (type == "error" || piece.error) readError(value, piece);
    if (type == "message") readWhole(value, piece);
    if (type == "message_start") readUsage(member(member(value, "message"), "usage"), piece);
    if (type == "content_block_start") readBlock(member(value, "content_block"), piece);
    if (type == "content_block_delta") readBlock(member(value, "delta"), piece);
    if (type == "message_delta") {
        readUsage(member(value, "usage"), piece);
        readStop(member(value, "delta"), piece);
    }
    piece.isEnd = type == "message_stop";
}

}  // namespace

std::string anthropicBody(const document::ChatRequest& request, const std::string& model,
                          const Dialect& dialect) {
    json body{
        {"model", model}, {"max_tokens", request.maxTokens}, {"messages", turns(request)}, {"stream", true}};
    if (json rules = systemBlocks(request); !rules.empty()) body["system"] = std::move(rules);
    if (dialect.temperature) body["temperature"] = request.temperature;
    return dumpJson(body);
}

Result<ChatPiece> readAnthropicEvent(std::string_view event, std::string_view data) {
    auto piece = readPiece(data, fillPiece);
    if (event != "error" || (piece && piece->error)) return piece;
    ChatPiece bare;
    bare.error = serverMessage(data);
    return bare;
}

}  // namespace commonplace::llm
