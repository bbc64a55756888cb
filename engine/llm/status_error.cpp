#include "engine/llm/status_error.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string_view>

#include "engine/llm/chat_json.h"

namespace commonplace::llm {
namespace {

struct Known {
    int status;
    const char* name;
    const char* advice;  // null: the protocol's own, see Advice
};

constexpr std::array<Known, 15> kKnown{{
    {400, "bad request", "check the model's name and its settings"},
    {401, "unauthorized", "check the key"},
    {402, "payment required", "check the plan and the credit of the account"},
    {403, "forbidden", "check the key and what it may do"},
    {404, "not found", nullptr},
    {405, "method not allowed", nullptr},
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

bool mentions(std::string_view body, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](auto word) { return body.find(word) != body.npos; });
}

bool isShortNumber(std::string_view text) {
    return !text.empty() && text.size() <= 4 && text.find_first_not_of("0123456789") == text.npos;
}

// The conversation is longer than the model's window, in the words of those who say so. Some servers wrap
// their refusals into a 500.
bool isAboutLength(const net::Response& refusal) {
    return (refusal.status == 400 || refusal.status == 413 || refusal.status == 500) &&
           mentions(refusal.body, {"context size", "context length", "context_length", "context window",
                                   "prompt is too long"});
}

std::string whereToLook(const net::Response& response, const Advice& advice) {
    if (response.status != 404) return advice.address;
    if (!advice.notFound.empty() && mentions(response.body, {"model"})) return advice.notFound;
    return advice.address + ", and the model's name";
}

std::string whatToDo(const net::Response& response, const net::SafeText& safe, const Advice& advice) {
    const std::string_view retryAfter = net::headerValue(response, "Retry-After");
    if (response.status < 400) {
        const std::string target = safe.quote(net::headerValue(response, "Location"));
        return "redirects are not followed; give the address it points to" +
               (target.empty() ? "" : ": " + target);
    }
    if (isAboutMoney(response)) return known(402)->advice;
    if (isAboutLength(response)) return "ask with fewer passages, or lower model.context_window";
    if (isShortNumber(retryAfter)) return "try again in " + std::string(retryAfter) + " s";
    if (response.status == 401 && !safe.hasKey())
        return "no key was sent: give one in the window's settings, in keys.json, or in COMMONPLACE_API_KEY";
    if (const Known* entry = known(response.status))
        return entry->advice ? entry->advice : whereToLook(response, advice);
    return response.status >= 500 ? "try again a little later" : "check the base URL and the model's name";
}

}  // namespace

ErrorCode codeOf(const net::Response& refusal) {
    if (isAboutMoney(refusal)) return ErrorCode::Protocol;
    if (isAboutLength(refusal)) return ErrorCode::Limit;
    const int status = refusal.status;
    return status == 408 || status == 409 || status == 429 || status >= 500 ? ErrorCode::Busy
                                                                            : ErrorCode::Protocol;
}

Error statusError(const std::string& url, const net::Response& response, const net::SafeText& safe,
                  const Advice& advice) {
    std::string message = url + " answered " + std::to_string(response.status);
    if (const Known* entry = known(response.status)) message += std::string(" (") + entry->name + ")";
    if (const std::string said = safe.quote(serverMessage(response.body)); !said.empty())
        message += ": " + said;
    return {codeOf(response), message + "; " + whatToDo(response, safe, advice)};
}

}  // namespace commonplace::llm
