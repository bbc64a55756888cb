#include "engine/llm/chat_json.h"

#include <algorithm>
#include <utility>

#include "engine/base/text.h"
#include "engine/llm/json_read.h"
#include "engine/llm/model_entries.h"

namespace commonplace::llm {
namespace {

// What a delta or a message shows: a string, or (Mistral) an array of typed parts.
std::string contentOf(const JsonView& content) {
    if (!content.isArray()) return content.text();
    std::string text;
    for (const JsonView& part : content.items())
        if (part.member("type").text() == "text") text += part.member("text").text();
    return text;
}

std::size_t hiddenBytesOf(const JsonView& delta) {
    std::size_t bytes =
        delta.member("reasoning_content").text().size() + delta.member("reasoning").text().size();
    for (const JsonView& part : delta.member("content").items())
        if (part.member("type").text() != "text") ++bytes;
    return bytes;
}

void readChoice(const JsonView& choice, ChatPiece& piece) {
    const JsonView streamed = choice.member("delta");
    const JsonView message = streamed.isObject() ? streamed : choice.member("message");
    piece.text = contentOf(message.member("content")) + message.member("refusal").text();
    if (message.isNull()) piece.text = choice.member("text").text();
    piece.hiddenBytes = hiddenBytesOf(message);
    if (const std::string reason = choice.member("finish_reason").text(); !reason.empty())
        piece.finishReason = reason;
}

int statusOfEvent(std::string_view data) {
    const JsonText json(data);
    const auto value = json.root();
    return value ? statusIn(*value) : 0;
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

void fillPiece(const JsonView& value, ChatPiece& piece) {
    const std::vector<JsonView> choices = value.member("choices").items();
    const JsonView usage = value.member("usage");
    if (!choices.empty()) readChoice(choices.front(), piece);
    piece.hasAnswer = !choices.empty();
    piece.promptTokens = usage.member("prompt_tokens").count();
    piece.completionTokens = usage.member("completion_tokens").count();
}

}  // namespace

Result<ChatPiece> parseChatPiece(std::string_view text) {
    return readPiece(text, fillPiece);
}

Result<ChatPiece> readChatEvent(std::string_view event, std::string_view data) {
    ChatPiece special;
    special.isEnd = data == "[DONE]";
    if (!special.isEnd && event == "error") {
        special.error = serverMessage(data);
        special.errorStatus = statusOfEvent(data);
    }
    return special.isEnd || special.error ? Result<ChatPiece>(std::move(special)) : parseChatPiece(data);
}

Result<std::vector<std::string>> parseModelIds(std::string_view text) {
    TRY(std::vector<ModelEntry> entries, parseModelEntries(text));
    std::vector<std::string> ids;
    for (ModelEntry& entry : entries) ids.push_back(std::move(entry.id));
    return ids;
}

std::optional<std::size_t> parseTokenCount(std::string_view text) {
    const JsonText json(text);
    const auto root = json.root();
    if (!root || !root->member("tokens").isArray()) return std::nullopt;
    return root->member("tokens").items().size();
}

std::string serverMessage(std::string_view body) {
    if (startsLikeHtml(body)) return titleOf(body);
    const JsonText json(body);
    const auto value = json.root();
    return value ? value->message() : std::string(body);
}

}  // namespace commonplace::llm
