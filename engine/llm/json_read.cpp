#include "engine/llm/json_read.h"

#include <nlohmann/json.hpp>
#include <utility>

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

std::optional<std::string> errorIn(const json& object) {
    const json& error = member(object, "error");
    if (error.is_object() || !textOf(error).empty()) return messageIn(error);
    const bool isError = error == json(true) || textOf(member(object, "object")) == "error";
    return isError ? std::optional(messageIn(object)) : std::nullopt;
}

// Gateways put the status that they could no longer send into the error.
int errorStatusIn(const json& object) {
    const long code = countOf(member(member(object, "error"), "code")).value_or(0);
    return code >= 400 && code < 600 ? static_cast<int>(code) : 0;
}

}  // namespace

json parseJson(std::string_view text) {
    return parse(text).value;
}

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

std::string messageIn(const json& value, int levels) {
    if (value.is_string() || levels == 0) return textOf(value);
    if (value.is_array()) return messageIn(firstOf(value), levels - 1);
    for (const char* name : {"message", "error", "detail", "msg", "error_description", "title"})
        if (const std::string text = messageIn(member(value, name), levels - 1); !text.empty()) return text;
    return {};
}

Result<ChatPiece> readPiece(std::string_view text, void (*fill)(const json&, ChatPiece&)) {
    const auto [value, mended] = parse(text);
    if (!value.is_object())
        return Error(ErrorCode::Protocol, "it is no JSON object, or one nested too deeply");
    ChatPiece piece;
    piece.error = errorIn(value);
    piece.errorStatus = errorStatusIn(value);
    fill(value, piece);
    if (mended) piece.text = restoreBytes(piece.text);
    return piece;
}

json plainMessage(const document::Message& message) {
    return {{"role", document::name(message.role)}, {"content", message.text}};
}

std::string dumpJson(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace commonplace::llm
