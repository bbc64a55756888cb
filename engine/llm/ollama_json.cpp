#include "engine/llm/ollama_json.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "engine/llm/json_read.h"

namespace commonplace::llm {
namespace {

using nlohmann::json;

// Loading takes long, and a person reads between two questions.
constexpr const char* kKeepLoaded = "15m";

// Nothing trained so far comes near; more than this is a wrong number.
constexpr long kLongestContext = 1'000'000'000;

void fillPiece(const json& value, ChatPiece& piece) {
    const json& message = member(value, "message");
    piece.text = textOf(member(message, "content"));
    piece.hiddenBytes = textOf(member(message, "thinking")).size();
    piece.isEnd = member(value, "done") == json(true);
    piece.hasAnswer = message.is_object() || piece.isEnd;
    if (const std::string reason = textOf(member(value, "done_reason")); !reason.empty())
        piece.finishReason = reason;
    piece.promptTokens = countOf(member(value, "prompt_eval_count"));
    piece.completionTokens = countOf(member(value, "eval_count"));
}

}  // namespace

std::string ollamaBody(const document::ChatRequest& request, const std::string& model, std::size_t window) {
    json messages = json::array();
    for (const document::Message& message : request.messages) messages.push_back(plainMessage(message));
    return dumpJson(
        {{"model", model},
         {"messages", std::move(messages)},
         {"stream", true},
         {"truncate", false},
         {"shift", false},
         {"keep_alive", kKeepLoaded},
         {"options",
          {{"num_ctx", window}, {"num_predict", request.maxTokens}, {"temperature", request.temperature}}}});
}

Result<ChatPiece> readOllamaLine(std::string_view, std::string_view line) {
    return readPiece(line, fillPiece);
}

std::string ollamaShowBody(const std::string& model) {
    return dumpJson({{"model", model}});
}

std::optional<std::size_t> parseContextLength(std::string_view text) {
    const json value = parseJson(text);
    const json& info = member(value, "model_info");
    if (!info.is_object()) return std::nullopt;
    for (const auto& [name, length] : info.items())  // "llama.context_length": the prefix differs
        if (const auto tokens = countOf(length);
            name.ends_with(".context_length") && tokens && *tokens > 0 && *tokens < kLongestContext)
            return static_cast<std::size_t>(*tokens);
    return std::nullopt;
}

}  // namespace commonplace::llm
