#include "engine/llm/status_error.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "engine/llm/chat_json.h"

namespace commonplace::llm {
namespace {

struct Known {
    int status;
    const char* name;
    const char* advice;
};

constexpr std::array<Known, 15> kKnown{{
    {400, "bad request", "check the model's name and its settings"},
    {401, "unauthorized", "check the key"},
    {402, "payment required", "check the plan and the credit of the account"},
    {403, "forbidden", "check the key and what it may do"},
    {404, "not found", "check the base URL, which usually ends with /v1, and the model's name"},
    {405, "method not allowed", "check the base URL, which usually ends with /v1"},
    {408, "timeout", "try again"},
    {413, "too large", "ask with fewer passages"},
    {422, "not understood", "check the model's name and its settings"},
    {429, "too many requests", "wait a little and try again"},
    {500, "server error", "see the log of the server"},
    {502, "bad gateway", "try again a little later"},
    {503, "unavailable", "the model may still be loading; try again a little later"},
    {504, "gateway timeout", "try again a little later"},
    {529, "overloaded", "try again a little later"},
}};

const Known* known(int status) {
    const auto found = std::find_if(kKnown.begin(), kKnown.end(),
                                    [&](const Known& entry) { return entry.status == status; });
    return found == kKnown.end() ? nullptr : &*found;
}

// Waiting helps against a rate, not against an empty account.
bool isAboutMoney(std::string_view body) {
    constexpr std::array<std::string_view, 4> kWords{"insufficient_quota", "credit", "billing", "spend"};
    return std::any_of(kWords.begin(), kWords.end(), [&](auto word) { return body.find(word) != body.npos; });
}

bool isShortNumber(std::string_view text) {
    return !text.empty() && text.size() <= 4 && text.find_first_not_of("0123456789") == text.npos;
}

std::string advice(const net::Response& response, const SafeText& safe) {
    const std::string_view retryAfter = net::headerValue(response, "Retry-After");
    if (response.status < 400) {
        const std::string target = safe.quote(net::headerValue(response, "Location"));
        return "redirects are not followed; give the address it points to" +
               (target.empty() ? "" : ": " + target);
    }
    if (response.status == 429 && isAboutMoney(response.body)) return known(402)->advice;
    if (isShortNumber(retryAfter)) return "try again in " + std::string(retryAfter) + " s";
    if (const Known* entry = known(response.status)) return entry->advice;
    return response.status >= 500 ? "try again a little later" : "check the base URL and the model's name";
}

}  // namespace

Error statusError(const std::string& url, const net::Response& response, const SafeText& safe) {
    std::string message = url + " answered " + std::to_string(response.status);
    if (const Known* entry = known(response.status)) message += std::string(" (") + entry->name + ")";
    if (const std::string said = safe.quote(serverMessage(response.body)); !said.empty())
        message += ": " + said;
    return {ErrorCode::Protocol, message + "; " + advice(response, safe)};
}

}  // namespace commonplace::llm
