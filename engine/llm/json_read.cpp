#include "engine/llm/json_read.h"

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "engine/llm/json_mend.h"

namespace commonplace::llm {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxDepth = 64;
constexpr int kMoney = 402;

const json& valueOf(const void* value) {
    static const json kNull;
    return value ? *static_cast<const json*>(value) : kNull;
}

std::optional<std::string> errorIn(const JsonView& object) {
    const JsonView error = object.member("error");
    if (error.isObject() || !error.text().empty()) return error.message();
    const bool isError = error.isTrue() || object.member("object").text() == "error";
    return isError ? std::optional(object.message()) : std::nullopt;
}

// The kinds of OpenAI, Anthropic and llama-server.
constexpr std::array<std::pair<std::string_view, int>, 22> kStatusOfKind{{{"insufficient_quota", 402},
                                                                          {"credit_balance_exhausted", 402},
                                                                          {"billing_hard_limit_reached", 402},
                                                                          {"billing_error", 402},
                                                                          {"invalid_request_error", 400},
                                                                          {"context_length_exceeded", 400},
                                                                          {"exceed_context_size_error", 400},
                                                                          {"authentication_error", 401},
                                                                          {"invalid_api_key", 401},
                                                                          {"permission_error", 403},
                                                                          {"not_found_error", 404},
                                                                          {"model_not_found", 404},
                                                                          {"timeout_error", 408},
                                                                          {"request_too_large", 413},
                                                                          {"rate_limit_exceeded", 429},
                                                                          {"rate_limit_error", 429},
                                                                          {"slow_down", 429},
                                                                          {"server_error", 500},
                                                                          {"api_error", 500},
                                                                          {"server_is_overloaded", 503},
                                                                          {"unavailable_error", 503},
                                                                          {"overloaded_error", 529}}};

int statusOfKind(std::string_view kind) {
    for (const auto& [name, status] : kStatusOfKind)
        if (name == kind) return status;
    return 0;
}

/// Some gateways write it as a text.
long numberOf(const JsonView& code) {
    const std::string digits = code.text();
    long number = code.count().value_or(0);
    if (!digits.empty()) std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

}  // namespace

bool JsonView::isNull() const {
    return valueOf(m_value).is_null();
}
bool JsonView::isObject() const {
    return valueOf(m_value).is_object();
}
bool JsonView::isArray() const {
    return valueOf(m_value).is_array();
}
bool JsonView::isTrue() const {
    return valueOf(m_value) == json(true);
}

JsonView JsonView::member(const char* name) const {
    const json& object = valueOf(m_value);
    const auto found = object.find(name);
    return JsonView(found == object.end() ? nullptr : &*found);
}

std::vector<JsonView> JsonView::items() const {
    std::vector<JsonView> views;
    if (isArray())
        for (const json& item : valueOf(m_value)) views.push_back(JsonView(&item));
    return views;
}

std::vector<std::pair<std::string, JsonView>> JsonView::members() const {
    std::vector<std::pair<std::string, JsonView>> views;
    if (isObject())
        for (const auto& [name, value] : valueOf(m_value).items()) views.emplace_back(name, JsonView(&value));
    return views;
}

std::string JsonView::text() const {
    const auto* text = valueOf(m_value).get_ptr<const std::string*>();
    return text ? *text : std::string();
}

std::optional<long> JsonView::count() const {
    const json& value = valueOf(m_value);
    if (!value.is_number()) return std::nullopt;
    const double count = value.get<double>();
    if (!(count >= 0 && count < 1e12)) return std::nullopt;
    return static_cast<long>(count);
}

std::string JsonView::message(int levels) const {
    if (levels == 0 || valueOf(m_value).is_string()) return text();
    if (isArray()) return valueOf(m_value).empty() ? "" : items().front().message(levels - 1);
    for (const char* name : {"message", "error", "detail", "msg", "error_description", "title"})
        if (const std::string words = member(name).message(levels - 1); !words.empty()) return words;
    return {};
}

struct JsonText::Parsed {
    json value = json(json::value_t::discarded);
    bool mended = false;
};

// The library's own reader and destructor do not recurse, but the bound also keeps 1 MiB of '[' from becoming
// 80 MiB.
JsonText::JsonText(std::string_view text) : m_parsed(std::make_unique<Parsed>()) {
    if (isNestedDeeperThan(text, kMaxDepth)) return;
    m_parsed->value = json::parse(text, nullptr, false);
    if (!m_parsed->value.is_discarded()) return;
    m_parsed->value = json::parse(mendJson(text), nullptr, false);
    m_parsed->mended = true;
}

JsonText::~JsonText() = default;

std::optional<JsonView> JsonText::root() const {
    if (m_parsed->value.is_discarded()) return std::nullopt;
    return JsonView(&m_parsed->value);
}

bool JsonText::isMended() const {
    return m_parsed->mended;
}

// A number is what a gateway could no longer send as the status. But 429 may also be about money.
int statusOf(const JsonView& error) {
    const int byCode = statusOfKind(error.member("code").text());
    const int byType = statusOfKind(error.member("type").text());
    const long number = numberOf(error.member("code"));
    if (byCode == kMoney || byType == kMoney) return kMoney;
    if (number >= 400 && number < 600) return static_cast<int>(number);
    return byCode != 0 ? byCode : byType;
}

int statusIn(const JsonView& message) {
    const int inner = statusOf(message.member("error"));
    return inner != 0 ? inner : statusOf(message);
}

Result<ChatPiece> readPiece(std::string_view text,
                            const std::function<void(const JsonView&, ChatPiece&)>& fill) {
    const JsonText json(text);
    const auto value = json.root();
    if (!value || !value->isObject())
        return Error(ErrorCode::Protocol, "it is no JSON object, or one nested too deeply");
    ChatPiece piece;
    piece.error = errorIn(*value);
    if (piece.error) piece.errorStatus = statusIn(*value);
    fill(*value, piece);
    if (json.isMended()) piece.text = restoreBytes(piece.text);
    return piece;
}

}  // namespace commonplace::llm
