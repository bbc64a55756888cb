#include "engine/llm/openai_model.h"

#include <algorithm>
#include <utility>

#include "engine/base/clock.h"
#include "engine/base/text.h"
#include "engine/llm/chat_json.h"
#include "engine/llm/chat_stream.h"
#include "engine/llm/dialect.h"
#include "engine/llm/safe_text.h"
#include "engine/llm/status_error.h"

namespace commonplace::llm {
namespace {

constexpr std::size_t kMaxListBytes = 4u << 20;

// Checks an endpoint and brings it into the one form that the rest relies on.
Result<Endpoint> normalized(Endpoint endpoint) {
    while (endpoint.baseUrl.ends_with('/')) endpoint.baseUrl.pop_back();
    TRY_VOID(net::checkUrl(endpoint.baseUrl));
    if (endpoint.baseUrl.find_first_of("?#") != std::string::npos)
        return Error(ErrorCode::InvalidArgument,
                     "the base URL of a model must end with its path (usually /v1), without ? or #");
    endpoint.key = base::trim(endpoint.key);
    const auto isVisible = [](char c) { return c > 0x20 && c < 0x7F; };
    if (!std::all_of(endpoint.key.begin(), endpoint.key.end(), isVisible))
        return Error(ErrorCode::InvalidArgument,
                     "the key of a model has characters that cannot be sent; copy it again");
    return endpoint;
}

std::vector<net::Header> headersFor(const Endpoint& endpoint) {
    std::vector<net::Header> headers{{"Accept", "text/event-stream, application/json"}};
    if (!endpoint.key.empty()) headers.push_back({"Authorization", "Bearer " + endpoint.key});
    return headers;
}

// A list is short: silenceSeconds is the bound for all of it, however its bytes trickle in.
net::Request listRequest(const Endpoint& endpoint) {
    net::Request request{.url = endpoint.baseUrl + "/models", .headers = headersFor(endpoint)};
    request.timeouts = endpoint.timeouts;
    request.maxBodyBytes = kMaxListBytes;
    request.watch = [clock = base::Stopwatch(), limit = endpoint.timeouts.silenceSeconds,
                     url = request.url]() -> Result<void> {
        if (clock.seconds() <= limit) return {};
        return Error(ErrorCode::Timeout, url + " sent no list of models in time; is the server busy?");
    };
    return request;
}

Result<std::vector<std::string>> fetchModels(net::HttpClient& http, const Endpoint& endpoint,
                                             std::stop_token stop) {
    const SafeText safe(endpoint.key);
    const net::Request request = listRequest(endpoint);
    auto response = http.send(request, nullptr, std::move(stop));
    if (!response) return safe.withoutKey(response.error());
    if (response->status >= 300) return safe.withoutKey(statusError(request.url, *response, safe));
    auto ids = parseModelIds(response->body);
    if (!ids)
        return safe.withoutKey(ids.error())
            .within(request.url + " answered something else; does the base URL end with /v1?");
    return ids;
}

class OpenAiModel final : public document::ChatModel {
  public:
    explicit OpenAiModel(Endpoint endpoint)
        : m_endpoint(std::move(endpoint)),
          m_safe(m_endpoint.key),
          m_chatUrl(m_endpoint.baseUrl + "/chat/completions"),
          m_http(m_endpoint.reach) {}

    const std::string& id() const override { return m_endpoint.model; }
    std::size_t window() const override { return m_endpoint.window; }

    Result<document::ChatReply> chat(const document::ChatRequest& request, const OnText& onText,
                                     std::stop_token stop) override {
        if (request.messages.empty() || request.maxTokens < 1)
            return Error(ErrorCode::InvalidArgument, "a chat needs a message and room for an answer");
        if (auto found = findModel(stop); !found) return stoppedOr(found.error());
        auto reply = converse(request, onText, stop);
        if (!reply) return m_safe.withoutKey(reply.error());
        if (reply->error) reply->error = m_safe.withoutKey(*reply->error);
        return reply;
    }

  private:
    static Result<document::ChatReply> stoppedOr(const Error& error) {
        if (error.code() != ErrorCode::Cancelled) return error;
        document::ChatReply reply;
        reply.stopped = true;
        return reply;
    }

    Result<void> findModel(const std::stop_token& stop) {
        if (!m_endpoint.model.empty()) return {};
        TRY(auto ids, fetchModels(m_http, m_endpoint, stop));
        if (ids.empty())
            return Error(ErrorCode::NotFound,
                         m_endpoint.baseUrl + " offers no model; load one there, or name one");
        m_endpoint.model = ids.front();
        return {};
    }

    // Asks again only when nothing was answered but a complaint about a field, and then without that field.
    Result<document::ChatReply> converse(const document::ChatRequest& request, const OnText& onText,
                                         const std::stop_token& stop) {
        for (;;) {
            ChatStream stream(limitsFor(request), m_endpoint.baseUrl, m_safe, onText);
            const auto response = m_http.send(
                chatRequest(request, stream), [&](std::string_view bytes) { return stream.feed(bytes); },
                stop);
            if (!response) return stream.conclude(response.error());
            if (response->status < 300) return stream.conclude(std::nullopt);
            const auto dialect = adapted(m_dialect, response->status, response->body);
            if (!dialect) return statusError(m_chatUrl, *response, m_safe);
            m_dialect = *dialect;
        }
    }

    ChatLimits limitsFor(const document::ChatRequest& request) const {
        const net::Timeouts& timeouts = m_endpoint.timeouts;
        return {request.maxTokens, timeouts.firstByteSeconds, timeouts.silenceSeconds};
    }

    net::Request chatRequest(const document::ChatRequest& request, ChatStream& stream) const {
        net::Request http{.method = "POST", .url = m_chatUrl, .headers = headersFor(m_endpoint)};
        http.headers.push_back({"Content-Type", "application/json"});
        http.body = chatBody(request, m_endpoint.model, m_dialect);
        http.timeouts = m_endpoint.timeouts;
        // A first byte is not yet a word: how long a silence may be is for the stream to say.
        http.timeouts.silenceSeconds = std::max(http.timeouts.silenceSeconds, http.timeouts.firstByteSeconds);
        http.watch = [&stream] { return stream.check(); };
        return http;
    }

    Endpoint m_endpoint;
    SafeText m_safe;
    std::string m_chatUrl;
    net::HttpClient m_http;
    Dialect m_dialect;
};

}  // namespace

Result<std::unique_ptr<document::ChatModel>> openOpenAiModel(Endpoint endpoint) {
    TRY(Endpoint checked, normalized(std::move(endpoint)));
    return std::unique_ptr<document::ChatModel>(std::make_unique<OpenAiModel>(std::move(checked)));
}

Result<std::vector<std::string>> listModels(const Endpoint& endpoint, std::stop_token stop) {
    TRY(const Endpoint checked, normalized(endpoint));
    net::HttpClient http(checked.reach);
    return fetchModels(http, checked, std::move(stop));
}

}  // namespace commonplace::llm
