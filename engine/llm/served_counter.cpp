#include "engine/llm/served_counter.h"

#include "engine/base/clock.h"
#include "engine/llm/chat_body.h"
#include "engine/llm/chat_json.h"
#include "engine/net/retry.h"

namespace commonplace::llm {
namespace {

constexpr double kPatienceSeconds = 1;
constexpr std::size_t kMostTextBytes = 4u << 20;
constexpr std::size_t kMostReplyBytes = 32u << 20;  // a token of a byte each takes eight
constexpr std::size_t kMostRemembered = 512;
constexpr std::size_t kMostRememberedBytes = 4u << 20;
// Never fewer tokens than usual, and seldom twice as many.
constexpr std::size_t kBytesPerToken = 2;
constexpr std::string_view kProbe = "How many tokens are these?";

std::string tokenizeUrl(const Endpoint& endpoint) {
    if (endpoint.api != Api::OpenAi || !net::isLoopbackUrl(endpoint.baseUrl)) return {};
    return rootUrl(endpoint) + "/tokenize";
}

}  // namespace

ServedCounter::ServedCounter(const Endpoint& endpoint)
    : m_url(tokenizeUrl(endpoint)), m_key(endpoint.key), m_http(endpoint.reach) {}

bool ServedCounter::works() const {
    const std::lock_guard lock(m_mutex);
    if (m_works) return *m_works;
    m_isLoading = false;
    const bool works = !m_url.empty() && ask(kProbe).has_value();
    if (!m_isLoading) m_works = works;  // a model that is loading will count later
    return works;
}

document::TokenCount ServedCounter::count(std::string_view text) const {
    if (text.empty()) return {0, true};
    if (works()) {
        const std::lock_guard lock(m_mutex);
        if (const auto known = remembered(text)) return {*known, true};
        if (const auto tokens = m_works == true ? ask(text) : std::nullopt) {
            remember(text, *tokens);
            return {*tokens, true};
        }
        m_works = false;
    }
    return {text.size() / kBytesPerToken + 1, false};
}

std::optional<std::size_t> ServedCounter::remembered(std::string_view text) const {
    const auto known = m_known.find(text);
    if (known == m_known.end()) return std::nullopt;
    m_recent.splice(m_recent.begin(), m_recent, known->second);
    return known->second->second;
}

void ServedCounter::remember(std::string_view text, std::size_t tokens) const {
    m_recent.emplace_front(text, tokens);
    m_known.emplace(m_recent.front().first, m_recent.begin());
    m_bytes += text.size();
    while (m_recent.size() > kMostRemembered || (m_bytes > kMostRememberedBytes && m_recent.size() > 1)) {
        m_bytes -= m_recent.back().first.size();
        m_known.erase(m_recent.back().first);
        m_recent.pop_back();
    }
}

/// Nothing: no answer in time, or none that can be.
std::optional<std::size_t> ServedCounter::ask(std::string_view text) const {
    if (text.size() > kMostTextBytes) return std::nullopt;
    net::Request request{.method = "POST",
                         .url = m_url,
                         .headers = {{"Content-Type", "application/json"}},
                         .body = tokenizeBody(text),
                         .timeouts = {kPatienceSeconds, kPatienceSeconds, kPatienceSeconds},
                         .maxBodyBytes = kMostReplyBytes};
    if (!m_key.empty()) request.headers.push_back({"Authorization", "Bearer " + m_key});
    request.watch = [clock = base::Stopwatch()]() -> Result<void> {
        if (clock.seconds() <= kPatienceSeconds) return {};
        return Error(ErrorCode::Timeout, "the server did not count in time");
    };
    const auto response = m_http.send(request, nullptr, {});
    m_isLoading = response && net::isStillLoading(*response);
    if (!response || response->status >= 300) return std::nullopt;
    const auto tokens = parseTokenCount(response->body);
    const bool isPossible = tokens && *tokens > 0 && *tokens <= text.size() + 8;
    return isPossible ? tokens : std::nullopt;
}

}  // namespace commonplace::llm
