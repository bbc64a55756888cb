#include "engine/llm/chat_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "engine/base/text.h"
#include "engine/llm/json_read.h"

namespace commonplace::llm {
namespace {

using nlohmann::json;

// What a delta or a message shows: a string, or (Mistral) an array of typed parts.
std::string contentOf(const json& content) {
    if (!content.is_array()) return textOf(content);
    std::string text;
    for (const json& part : content)
        if (textOf(member(part, "type")) == "text") text += textOf(member(part, "text"));
    return text;
}

std::size_t hiddenBytesOf(const json& delta) {
    std::size_t bytes =
        textOf(member(delta, "reasoning_content")).size() + textOf(member(delta, "reasoning")).size();
    if (const json& content = member(delta, "content"); content.is_array())
        for (const json& part : content)
            if (textOf(member(part, "type")) != "text") ++bytes;
    return bytes;
}

void readChoice(const json& choice, ChatPiece& piece) {
    const json& streamed = member(choice, "delta");
    const json& message = streamed.is_object() ? streamed : member(choice, "message");
    piece.text = contentOf(member(message, "content")) + textOf(member(message, "refusal"));
    if (message.is_null()) piece.text = textOf(member(choice, "text"));
    piece.hiddenBytes = hiddenBytesOf(message);
    if (const std::string reason = textOf(member(choice, "finish_reason")); !reason.empty())
        piece.finishReason = reason;
}

bool startsLikeHtml(std::string_view body) {
    return base::trim(body).starts_with('<');
}

std::string titleOf(std::string_view page) {
    const auto find = [&](std::string_view tag, std::size_t from) {
        const auto sameLetter = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
        const auto begin = page.begin() + static_cast<std::ptrdiff_t>(std::min(from, page.size()));
        return static_cast<std::size_t>(std::search(begin, page.end(), tag.begin(), tag.end(), sameLetter) -
                                        page.begin());
    };
    const std::size_t begin = find("<title>", 0) + 7;
    const std::size_t end = find("</title>", begin);
    if (end >= page.size()) return "a web page";
    return "a web page, \"" + std::string(base::trim(page.substr(begin, end - begin))) + "\"";
}

void fillPiece(const json& value, ChatPiece& piece) {
    const json& choices = member(value, "choices");
    const json& usage = member(value, "usage");
    readChoice(firstOf(choices), piece);
    piece.hasAnswer = choices.is_array() && !choices.empty();
    piece.promptTokens = countOf(member(usage, "prompt_tokens"));
    piece.completionTokens = countOf(member(usage, "completion_tokens"));
}

}  // namespace

std::string chatBody(const document::ChatRequest& request, const std::string& model, const Dialect& dialect) {
    json messages = json::array();
    for (const document::Message& message : request.messages) messages.push_back(plainMessage(message));
    json body{{"model", model}, {"messages", std::move(messages)}, {"stream", true}};
    body[dialect.maxCompletionTokens ? "max_completion_tokens" : "max_tokens"] = request.maxTokens;
    if (dialect.temperature) body["temperature"] = request.temperature;
    if (dialect.streamOptions) body["stream_options"] = {{"include_usage", true}};
    return dumpJson(body);
}

Result<ChatPiece> parseChatPiece(std::string_view text) {
    return readPiece(text, fillPiece);
}

Result<ChatPiece> readChatEvent(std::string_view event, std::string_view data) {
    ChatPiece special;
    special.isEnd = data == "[DONE]";
    if (!special.isEnd && event == "error") special.error = serverMessage(data);
    return special.isEnd || special.error ? Result<ChatPiece>(std::move(special)) : parseChatPiece(data);
}

Result<std::vector<std::string>> parseModelIds(std::string_view text) {
    const json value = parseJson(text);
    const json* list = &value;
    for (const char* name : {"data", "models"})
        if (!list->is_array() && member(value, name).is_array()) list = &member(value, name);
    if (!list->is_array()) return Error(ErrorCode::Protocol, "it is no list of models");
    std::vector<std::string> ids;
    for (const json& model : *list)
        for (const char* name : {"id", "name", "model"})
            if (std::string id = textOf(member(model, name)); !id.empty()) {
                ids.push_back(std::move(id));
                break;
            }
    return ids;
}

std::string serverMessage(std::string_view body) {
    if (startsLikeHtml(body)) return titleOf(body);
    const json value = parseJson(body);
    return value.is_discarded() ? std::string(body) : messageIn(value);
}

}  // namespace commonplace::llm
