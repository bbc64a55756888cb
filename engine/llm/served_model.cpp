#include "engine/llm/served_model.h"

#include <algorithm>
#include <utility>

#include "engine/llm/chat_body.h"
#include "engine/llm/chat_stream.h"
#include "engine/llm/known_windows.h"
#include "engine/llm/model_list.h"
#include "engine/llm/ollama_json.h"
#include "engine/llm/protocol.h"
#include "engine/llm/served_counter.h"
#include "engine/llm/status_error.h"
#include "engine/llm/told_window.h"
#include "engine/net/retry.h"
#include "engine/net/safe_text.h"

namespace commonplace::llm {
namespace {

using document::ChatReply;
using document::ChatRequest;

// One request: its outcome, and what is known of a refusal.
struct Attempt {
    Result<ChatReply> reply;
    std::optional<net::Response> refusal = {};
};

class ServedModel final : public document::ChatModel {
  public:
    explicit ServedModel(Endpoint endpoint)
        : m_endpoint(std::move(endpoint)),
          m_protocol(makeProtocol(m_endpoint.api)),
          m_safe(m_endpoint.key),
          m_chatUrl(m_endpoint.baseUrl + m_protocol->chatPath()),
          m_http(m_endpoint.reach),
          m_counter(m_endpoint) {}

    const std::string& id() const override { return m_endpoint.model; }
    std::size_t window() const override {
        const std::optional<KnownWindows::Look> known = look();
        return std::min(m_endpoint.window,
                        known ? known->tokens.value_or(m_endpoint.window) : m_endpoint.window);
    }
    document::WindowSource windowSource() const override {
        const std::optional<KnownWindows::Look> known = look();
        if (!known && canTellWindow(m_endpoint)) return document::WindowSource::NotAskedYet;
        const bool isSmaller = known && known->tokens && *known->tokens < m_endpoint.window;
        return isSmaller ? document::WindowSource::Server : document::WindowSource::Settings;
    }
    std::size_t learnWindow(std::stop_token stop) override {
        if (windowSource() != document::WindowSource::NotAskedYet) return window();
        const ToldWindow told = toldWindow({m_http, m_endpoint, *m_protocol, m_safe}, stop);
        if (!told.isLoading && !stop.stop_requested())
            m_endpoint.windows->remember(m_endpoint.baseUrl, m_endpoint.model, {told.tokens});
        return std::min(m_endpoint.window, told.tokens.value_or(m_endpoint.window));
    }
    document::Place place() const override {
        const bool isHere = net::isLoopbackUrl(m_endpoint.baseUrl) && !isForwarded(m_endpoint.model);
        return isHere ? document::Place::ThisComputer : document::Place::Elsewhere;
    }

    const document::TokenCounter* counter() const override {
        return place() == document::Place::ThisComputer && m_counter.works() ? &m_counter : nullptr;
    }

    document::ModelServer server() const override { return serverOf(m_endpoint); }

    Result<ChatReply> chat(const ChatRequest& request, const OnText& onText, std::stop_token stop) override {
        if (request.messages.empty() || request.maxTokens < 1)
            return Error(ErrorCode::InvalidArgument, "a chat needs a message and room for an answer");
        if (request.mayReach == document::Place::ThisComputer && place() == document::Place::Elsewhere)
            return Error(ErrorCode::Refused, whereItIs() +
                                                 " is not on this computer, and this text "
                                                 "may not leave it; choose a model that runs here");
        if (isForwarded(m_endpoint.model) && m_endpoint.reach.isOffline())
            return Error(ErrorCode::Refused, whereItIs() +
                                                 " is not on this computer, and the offline switch is on; "
                                                 "switch it off, or choose a model that runs here");
        if (auto found = findModel(stop); !found) return stoppedOr(found.error());
        auto reply = converse(request, onText, stop);
        if (!reply) return m_safe.withoutKey(reply.error());
        if (reply->error) reply->error = m_safe.withoutKey(*reply->error);
        return reply;
    }

  private:
    std::optional<KnownWindows::Look> look() const {
        return m_endpoint.windows->find(m_endpoint.baseUrl, m_endpoint.model);
    }
    std::string whereItIs() const {
        return isForwarded(m_endpoint.model) ? "the model " + m_safe.quote(m_endpoint.model)
                                             : m_endpoint.baseUrl;
    }
    static ChatReply stoppedReply() {
        ChatReply reply;
        reply.stopped = true;
        return reply;
    }
    static Result<ChatReply> stoppedOr(const Error& error) {
        return error.code() == ErrorCode::Cancelled ? Result<ChatReply>(stoppedReply()) : error;
    }

    Result<void> findModel(const std::stop_token& stop) {
        if (!m_endpoint.model.empty()) return {};
        TRY(auto ids, fetchModels({m_http, m_endpoint, *m_protocol, m_safe}, stop));
        if (ids.empty())
            return Error(ErrorCode::NotFound,
                         m_endpoint.baseUrl + " offers no model; load one there, or name one");
        // Where text goes was decided by the address alone: it must not travel farther than that.
        const bool isHere = net::isLoopbackUrl(m_endpoint.baseUrl);
        const auto first = std::find_if(ids.begin(), ids.end(),
                                        [isHere](const auto& id) { return !isHere || !isForwarded(id); });
        if (first == ids.end())
            return Error(ErrorCode::NotFound,
                         m_endpoint.baseUrl +
                             " offers no model that runs on this computer; load one there, or "
                             "name one");
        m_endpoint.model = *first;
        return {};
    }

    // The time runs on over all attempts: who waits for a word does not care how often it was asked for.
    Result<ChatReply> converse(const ChatRequest& request, const OnText& onText,
                               const std::stop_token& stop) {
        const SecondsSoFar clock = secondsFromNow();
        net::Repetitions repetitions(m_endpoint.retry);
        for (;;) {
            Attempt attempt = tryOnce(request, onText, stop, clock);
            if (attempt.reply) {
                attempt.reply->retries = repetitions.count();
                return attempt.reply;
            }
            if (attempt.refusal && m_protocol->learn(attempt.refusal->status, attempt.refusal->body))
                continue;
            const auto wait = waitAfter(attempt, repetitions);
            if (!wait || clock() + *wait > m_endpoint.timeouts.firstByteSeconds) return attempt.reply;
            if (!net::waitFor(*wait, stop)) return stoppedReply();
        }
    }

    Attempt tryOnce(const ChatRequest& request, const OnText& onText, const std::stop_token& stop,
                    const SecondsSoFar& clock) {
        ChatStream stream(m_protocol->formatFor(request, m_endpoint), limitsFor(request), m_endpoint.baseUrl,
                          m_safe, onText, clock);
        auto response = m_http.send(
            chatRequest(request, stream), [&](std::string_view bytes) { return stream.feed(bytes); }, stop);
        if (response && response->status >= 300) {
            const Advice advice = m_protocol->advice(m_safe.quote(m_endpoint.model));
            return {statusError(m_chatUrl, *response, m_safe, advice), std::move(*response)};
        }
        Attempt attempt{stream.conclude(response ? std::nullopt : std::optional(response.error()))};
        if (const int status = stream.reportedStatus())
            attempt.refusal = net::Response{status, {}, attempt.reply ? "" : attempt.reply.error().message()};
        return attempt;
    }

    // Nothing: it is not worth asking again. What is too long is as long the next time, whatever its status.
    static std::optional<double> waitAfter(const Attempt& attempt, net::Repetitions& repetitions) {
        const Error& error = attempt.reply.error();
        if (error.code() == ErrorCode::Limit) return std::nullopt;
        if (attempt.refusal) return repetitions.after(*attempt.refusal);
        return net::isConnectionRefused(error) ? repetitions.afterNoConnection() : std::nullopt;
    }

    ChatLimits limitsFor(const ChatRequest& request) const {
        const net::Timeouts& timeouts = m_endpoint.timeouts;
        return {request.maxTokens, timeouts.firstByteSeconds, timeouts.silenceSeconds};
    }

    net::Request chatRequest(const ChatRequest& request, ChatStream& stream) const {
        net::Request http{.method = "POST", .url = m_chatUrl, .headers = m_protocol->headers(m_endpoint.key)};
        http.headers.push_back({"Content-Type", "application/json"});
        http.body = m_protocol->body(request, m_endpoint);
        http.timeouts = m_endpoint.timeouts;
        // A first byte is not yet a word: how long a silence may be is for the stream to say.
        http.timeouts.silenceSeconds = std::max(http.timeouts.silenceSeconds, http.timeouts.firstByteSeconds);
        http.watch = [&stream] { return stream.check(); };
        return http;
    }

    Endpoint m_endpoint;
    std::unique_ptr<Protocol> m_protocol;
    net::SafeText m_safe;
    std::string m_chatUrl;
    net::HttpClient m_http;
    ServedCounter m_counter;
};

}  // namespace

Result<std::unique_ptr<document::ChatModel>> openModel(Endpoint endpoint) {
    TRY(Endpoint checked, normalized(std::move(endpoint)));
    if (checked.windows == nullptr) checked.windows = std::make_shared<KnownWindows>();
    return std::unique_ptr<document::ChatModel>(std::make_unique<ServedModel>(std::move(checked)));
}

Result<std::vector<std::string>> listModels(const Endpoint& endpoint, std::stop_token stop) {
    TRY(Endpoint checked, normalized(endpoint));
    checked.retry.times = 0;  // who looks wants to know how it is now
    net::HttpClient http(checked.reach);
    return fetchModels({http, checked, *makeProtocol(checked.api), net::SafeText(checked.key)},
                       std::move(stop));
}

Result<std::optional<std::size_t>> contextLength(const Endpoint& endpoint, std::stop_token stop) {
    TRY(const Endpoint checked, normalized(endpoint));
    net::HttpClient http(checked.reach);
    const auto protocol = makeProtocol(checked.api);
    const net::SafeText safe(checked.key);
    if (checked.api != Api::Ollama) return toldWindow({http, checked, *protocol, safe}, stop).tokens;
    TRY(const net::Response response, askBriefly({http, checked, *protocol, safe}, "/api/show",
                                                 ollamaShowBody(checked.model), std::move(stop)));
    if (response.status >= 300)
        return safe.withoutKey(statusError(checked.baseUrl + "/api/show", response, safe,
                                           protocol->advice(safe.quote(checked.model))));
    return parseContextLength(response.body);
}

}  // namespace commonplace::llm
