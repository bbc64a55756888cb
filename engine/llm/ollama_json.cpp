#include "engine/llm/ollama_json.h"

#include "engine/llm/json_read.h"

namespace commonplace::llm {
namespace {

// Nothing trained so far comes near; more than this is a wrong number.
constexpr long kLongestContext = 1'000'000'000;
constexpr int kServerError = 500;

void fillPiece(const JsonView& value, ChatPiece& piece) {
    const JsonView message = value.member("message");
    piece.text = message.member("content").text();
    piece.hiddenBytes = message.member("thinking").text().size();
    piece.isEnd = value.member("done").isTrue();
    piece.hasAnswer = message.isObject() || piece.isEnd;
    if (const std::string reason = value.member("done_reason").text(); !reason.empty())
        piece.finishReason = reason;
    piece.promptTokens = value.member("prompt_eval_count").count();
    piece.completionTokens = value.member("eval_count").count();
    // Once it has said 200, only what runs the model can fail, and that is started anew for the next
    // question.
    if (piece.error) piece.errorStatus = kServerError;
}

}  // namespace

Result<ChatPiece> readOllamaLine(std::string_view, std::string_view line) {
    return readPiece(line, fillPiece);
}

std::optional<std::size_t> parseContextLength(std::string_view text) {
    const JsonText json(text);
    const auto value = json.root();
    if (!value) return std::nullopt;
    for (const auto& [name, length] : value->member("model_info").members()) {
        if (!name.ends_with(".context_length")) continue;  // "llama.context_length": the prefix differs
        if (const auto tokens = length.count(); tokens && *tokens > 0 && *tokens < kLongestContext)
            return static_cast<std::size_t>(*tokens);
    }
    return std::nullopt;
}

}  // namespace commonplace::llm
