#include "engine/embed/served_connection.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/base/clock.h"

namespace commonplace::embed {
namespace {

bool mentions(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](auto word) { return text.find(word) != text.npos; });
}

/// In the words of llama-server (500), Ollama, OpenAI, vLLM and text-embeddings-inference (400, 413, 422).
bool isAboutLength(const net::Response& refusal) {
    if (refusal.status != 400 && refusal.status != 413 && refusal.status != 422 && refusal.status != 500)
        return false;
    return refusal.status == 413 ||
           mentions(refusal.body, {"too large to process", "context length", "context size", "context_length",
                                   "maximum input length", "input length exceeds", "must have less than",
                                   "too many tokens", "maximum context", "input is too long"});
}

std::string adviceFor(const net::Response& refusal, ServedApi api) {
    if (refusal.status >= 300 && refusal.status < 400)
        return "redirects are not followed; give the address it points to";
    if (net::isAboutMoney(refusal)) return "check the plan and the credit of the account";
    if (refusal.status == 401 || refusal.status == 403) return "check the key";
    if (refusal.status == 404 && api == ServedApi::Ollama)
        return "check the address, and the model's name (ollama pull MODEL fetches it)";
    if (refusal.status == 404) return "check the address, which usually ends with /v1, and the model's name";
    if (refusal.status == 501) return "start the server for embeddings (llama-server --embeddings)";
    if (refusal.status == 429 || refusal.status == 503 || refusal.status == 529)
        return "try again a little later";
    return refusal.status >= 500 ? "see the log of the server" : "check the model's name";
}

/// Nothing: it is not worth asking again, or there is nothing to ask for.
std::optional<double> waitAfter(const Result<net::Response>& response, net::Repetitions& repetitions) {
    if (!response)
        return net::isConnectionRefused(response.error()) ? repetitions.afterNoConnection() : std::nullopt;
    if (response->status < 300 || isAboutLength(*response)) return std::nullopt;
    return repetitions.after(*response);
}

}  // namespace

ServedConnection::ServedConnection(const ServedOptions& options)
    : m_options(options),
      m_url(options.baseUrl + (options.api == ServedApi::OpenAi ? "/embeddings" : "/api/embed")),
      m_safe(options.key) {}

ServedConnection::~ServedConnection() = default;

Result<document::Vectors> ServedConnection::send(std::span<const std::string> texts, std::size_t dimension,
                                                 Patience patience, const std::stop_token& stop) const {
    const Expected expected{texts.size(), dimension};
    auto response = post(requestFor(texts, expected, patience), patience, stop);
    if (!response) return m_safe.withoutKey(response.error());
    if (response->status < 200 || response->status >= 300) return refusal(*response);
    auto vectors = readVectors(m_options.api, response->body, expected);
    if (!vectors)
        return Error(ErrorCode::Protocol,
                     m_safe.withoutKey(m_url + " answered something that cannot be used: " +
                                       vectors.error().message() + "; is it a server of embeddings?"));
    return vectors;
}

net::Request ServedConnection::requestFor(std::span<const std::string> texts, const Expected& expected,
                                          Patience patience) const {
    net::Request request;
    request.method = "POST";
    request.url = m_url;
    request.headers = {{"Content-Type", "application/json"}};
    if (!m_options.key.empty()) request.headers.push_back({"Authorization", "Bearer " + m_options.key});
    request.body = requestBody(m_options.api, m_options.model, texts);
    request.timeouts = m_options.timeouts;
    request.maxBodyBytes = mostAnswerBytes(expected);
    // A bound on all of it: a server that sends a byte now and then is never silent.
    const double limit = patience == Patience::Short
                             ? m_options.questionSeconds
                             : m_options.timeouts.firstByteSeconds + m_options.timeouts.silenceSeconds;
    request.watch = [clock = base::Stopwatch(), limit, url = m_url]() -> Result<void> {
        if (clock.seconds() <= limit) return {};
        return Error(ErrorCode::Timeout, url + " sent no vectors in time; is the server busy?");
    };
    return request;
}

Result<net::Response> ServedConnection::post(const net::Request& request, Patience patience,
                                             const std::stop_token& stop) const {
    net::RetryLimits limits = m_options.retry;
    if (patience == Patience::Short) limits.times = 0;
    net::Repetitions repetitions(limits);
    for (;;) {
        auto client = take();
        auto response = client->send(request, nullptr, stop);
        if (response) giveBack(std::move(client));
        const auto wait = waitAfter(response, repetitions);
        if (!wait) return response;
        if (!net::waitFor(*wait, stop)) return Error(ErrorCode::Cancelled, "embedding was cancelled");
    }
}

Error ServedConnection::refusal(const net::Response& response) const {
    std::string message = m_url + " answered " + std::to_string(response.status);
    if (const std::string said = m_safe.quote(errorMessage(response.body)); !said.empty())
        message += ": " + said;
    message = m_safe.withoutKey(std::move(message));
    if (isAboutLength(response)) return {ErrorCode::Limit, message + "; its window is too small"};
    return {ErrorCode::Protocol, message + "; " + adviceFor(response, m_options.api)};
}

std::unique_ptr<net::HttpClient> ServedConnection::take() const {
    const std::lock_guard lock(m_mutex);
    if (m_idle.empty()) return std::make_unique<net::HttpClient>(m_options.permit);
    auto client = std::move(m_idle.back());
    m_idle.pop_back();
    return client;
}

void ServedConnection::giveBack(std::unique_ptr<net::HttpClient> client) const {
    const std::lock_guard lock(m_mutex);
    m_idle.push_back(std::move(client));
}

}  // namespace commonplace::embed
