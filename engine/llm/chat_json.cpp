#include "engine/llm/chat_json.h"

#include <algorithm>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <utility>

#include "engine/base/text.h"
#include "engine/llm/json_mend.h"

namespace commonplace::llm {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxDepth = 64;

struct Parsed {
    json value;  // discarded: no JSON
    bool mended = false;
};

// The library's own reader and destructor do not recurse, but the bound also keeps 1 MiB of '[' from becoming
// 80 MiB.
Parsed parse(std::string_view text) {
    if (isNestedDeeperThan(text, kMaxDepth)) return {json(json::value_t::discarded)};
    json value = json::parse(text, nullptr, false);
    if (!value.is_discarded()) return {std::move(value)};
    return {json::parse(mendJson(text), nullptr, false), true};
}

// Null for what is not there, and in everything that is no object.
const json& member(const json& object, const char* name) {
    static const json kNull;
    const auto found = object.find(name);
    return found == object.end() ? kNull : *found;
}

const json& firstOf(const json& array) {
    static const json kNull;
    return array.is_array() && !array.empty() ? array.front() : kNull;
}

std::string textOf(const json& value) {
    const auto* text = value.get_ptr<const std::string*>();
    return text ? *text : std::string();
}

std::optional<long> countOf(const json& value) {
    if (!value.is_number()) return std::nullopt;
    const double count = value.get<double>();
    if (!(count >= 0 && count < 1e12)) return std::nullopt;
    return static_cast<long>(count);
}

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

// The first words that look like a message, a few levels down at most.
std::string messageIn(const json& value, int levels = 4) {
    if (value.is_string() || levels == 0) return textOf(value);
    if (value.is_array()) return messageIn(firstOf(value), levels - 1);
    for (const char* name : {"message", "error", "detail", "msg", "error_description", "title"})
        if (const std::string text = messageIn(member(value, name), levels - 1); !text.empty()) return text;
    return {};
}

std::optional<std::string> errorIn(const json& object) {
    const json& error = member(object, "error");
    if (error.is_object() || !textOf(error).empty()) return messageIn(error);
    const bool isError = error == json(true) || textOf(member(object, "object")) == "error";
    return isError ? std::optional(messageIn(object)) : std::nullopt;
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

}  // namespace

std::string chatBody(const document::ChatRequest& request, const std::string& model, const Dialect& dialect) {
    json messages = json::array();
    for (const document::Message& message : request.messages)
        messages.push_back({{"role", document::name(message.role)}, {"content", message.text}});
    json body{{"model", model}, {"messages", std::move(messages)}, {"stream", true}};
    body[dialect.maxCompletionTokens ? "max_completion_tokens" : "max_tokens"] = request.maxTokens;
    if (dialect.temperature) body["temperature"] = request.temperature;
    if (dialect.streamOptions) body["stream_options"] = {{"include_usage", true}};
    return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<ChatPiece> parseChatPiece(std::string_view text) {
    const auto [value, mended] = parse(text);
    if (!value.is_object())
        return Error(ErrorCode::Protocol, "it is no JSON object, or one nested too deeply");
    const json& choices = member(value, "choices");
    const json& usage = member(value, "usage");
    ChatPiece piece;
    readChoice(firstOf(choices), piece);
    if (mended) piece.text = restoreBytes(piece.text);
    piece.hasChoices = choices.is_array() && !choices.empty();
    piece.error = errorIn(value);
    piece.promptTokens = countOf(member(usage, "prompt_tokens"));
    piece.completionTokens = countOf(member(usage, "completion_tokens"));
    return piece;
}

Result<std::vector<std::string>> parseModelIds(std::string_view text) {
    const json value = parse(text).value;
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
    const json value = parse(body).value;
    return value.is_discarded() ? std::string(body) : messageIn(value);
}

}  // namespace commonplace::llm
