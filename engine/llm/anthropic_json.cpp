#include "engine/llm/anthropic_json.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/llm/chat_json.h"
#include "engine/llm/json_read.h"

namespace commonplace::llm {
namespace {

constexpr std::array<std::pair<std::string_view, int>, 9> kErrorStatus{{{"invalid_request_error", 400},
                                                                        {"authentication_error", 401},
                                                                        {"billing_error", 402},
                                                                        {"permission_error", 403},
                                                                        {"not_found_error", 404},
                                                                        {"request_too_large", 413},
                                                                        {"rate_limit_error", 429},
                                                                        {"api_error", 500},
                                                                        {"overloaded_error", 529}}};

// In the words that ChatPiece::finishReason has for it.
std::string finishReason(const std::string& reason) {
    if (reason == "max_tokens") return "length";
    if (reason == "refusal") return "content_filter";
    return reason == "model_context_window_exceeded" ? "context" : reason;
}

void readUsage(const JsonView& usage, ChatPiece& piece) {
    const auto fresh = usage.member("input_tokens").count();
    const auto count = [&](const char* name) { return usage.member(name).count().value_or(0); };
    if (fresh)
        piece.promptTokens = *fresh + count("cache_creation_input_tokens") + count("cache_read_input_tokens");
    piece.completionTokens = usage.member("output_tokens").count();
}

void readStop(const JsonView& object, ChatPiece& piece) {
    if (const std::string reason = object.member("stop_reason").text(); !reason.empty())
        piece.finishReason = finishReason(reason);
}

// A content block or a delta of one; what is not shown counts as hidden.
void readBlock(const JsonView& block, ChatPiece& piece) {
    const std::string type = block.member("type").text();
    if (type == "text" || type == "text_delta") piece.text += block.member("text").text();
    for (const char* hidden : {"thinking", "partial_json"})
        piece.hiddenBytes += block.member(hidden).text().size();
}

void readWhole(const JsonView& message, ChatPiece& piece) {
    const JsonView content = message.member("content");
    piece.hasAnswer = content.isArray();
    for (const JsonView& block : content.items()) readBlock(block, piece);
    readUsage(message.member("usage"), piece);
    readStop(message, piece);
}

void readError(const JsonView& value, ChatPiece& piece) {
    const std::string type = value.member("error").member("type").text();
    const auto known = std::find_if(kErrorStatus.begin(), kErrorStatus.end(),
                                    [&](const auto& entry) { return entry.first == type; });
    if (known != kErrorStatus.end()) piece.errorStatus = known->second;
    if (!piece.error) piece.error = value.message();
}

void fillPiece(const JsonView& value, ChatPiece& piece) {
    const std::string type = value.member("type").text();
    if (type == "error" || piece.error) readError(value, piece);
    if (type == "message") readWhole(value, piece);
    if (type == "message_start") readUsage(value.member("message").member("usage"), piece);
    if (type == "content_block_start") readBlock(value.member("content_block"), piece);
    if (type == "content_block_delta") readBlock(value.member("delta"), piece);
    if (type == "message_delta") {
        readUsage(value.member("usage"), piece);
        readStop(value.member("delta"), piece);
    }
    piece.isEnd = type == "message_stop";
}

}  // namespace

Result<ChatPiece> readAnthropicEvent(std::string_view event, std::string_view data) {
    auto piece = readPiece(data, fillPiece);
    if (event != "error" || (piece && piece->error)) return piece;
    ChatPiece bare;
    bare.error = serverMessage(data);
    return bare;
}

}  // namespace commonplace::llm
