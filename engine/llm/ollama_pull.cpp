#include "engine/llm/ollama_pull.h"

#include <algorithm>
#include <utility>

#include "engine/llm/chat_body.h"
#include "engine/llm/json_read.h"
#include "engine/llm/line_reader.h"
#include "engine/llm/protocol.h"
#include "engine/llm/status_error.h"
#include "engine/net/http.h"
#include "engine/net/safe_text.h"

namespace commonplace::llm {
namespace {

/// Checking a large model is a long silence.
constexpr net::Timeouts kPatience{.connectSeconds = 5, .firstByteSeconds = 120, .silenceSeconds = 600};
constexpr std::size_t kMostBytes = 256u << 20;  // of progress lines

std::optional<std::uint64_t> length(const JsonView& value) {
    const auto count = value.count();
    return count && *count > 0 ? std::optional(static_cast<std::uint64_t>(*count)) : std::nullopt;
}

/// The lines of one pull, and whether the last one said that it worked.
class Pull {
  public:
    Pull(const OnPull& onProgress, const net::SafeText& safe, std::string server)
        : m_onProgress(onProgress), m_safe(safe), m_server(std::move(server)) {}

    Result<void> feed(std::string_view bytes) {
        TRY(const auto lines, m_reader.feed(bytes));
        return takeAll(lines);
    }
    Result<void> conclude() {
        // Half a line is what a broken connection leaves, not something else than progress.
        const auto last = takeAll(m_reader.finish());
        if (!last && !m_begun) return last;
        if (m_succeeded) return {};
        return Error(ErrorCode::Network,
                     m_server + " stopped before the model was complete; pull it again to go on");
    }

  private:
    Result<void> takeAll(const std::vector<net::SseEvent>& lines) {
        for (const net::SseEvent& line : lines) TRY_VOID(take(line.data));
        return {};
    }
    Result<void> take(std::string_view line) {
        const JsonText json(line);
        const auto value = json.root();
        if (!value || !value->isObject())
            return Error(ErrorCode::Protocol,
                         m_server + " answered something else than progress; is it Ollama?");
        if (!value->member("error").isNull())
            return Error(ErrorCode::Protocol,
                         m_server + " could not fetch the model: " + m_safe.quote(value->message()));
        m_begun = true;
        PullProgress progress;
        progress.step = m_safe.quote(value->member("status").text());
        m_succeeded = progress.step == "success";
        progress.total = length(value->member("total"));
        const std::uint64_t done = length(value->member("completed")).value_or(0);
        progress.done = progress.total ? std::min(done, *progress.total) : 0;
        if (m_onProgress) m_onProgress(progress);
        return {};
    }

    const OnPull& m_onProgress;
    const net::SafeText& m_safe;
    std::string m_server;
    LineReader m_reader;
    bool m_begun = false;  // it does speak of progress
    bool m_succeeded = false;
};

}  // namespace

Result<void> pullModel(Endpoint endpoint, const OnPull& onProgress, const std::stop_token& stop) {
    endpoint.api = Api::Ollama;
    if (endpoint.model.empty())
        return Error(ErrorCode::InvalidArgument, "name the model that is to be fetched");
    TRY(const Endpoint checked, normalized(std::move(endpoint)));
    const auto protocol = makeProtocol(Api::Ollama);
    const net::SafeText safe(checked.key);
    net::HttpClient http(checked.reach);
    Pull pull(onProgress, safe, checked.baseUrl);
    net::Request request{.method = "POST",
                         .url = checked.baseUrl + "/api/pull",
                         .headers = protocol->headers(checked.key),
                         .body = ollamaShowBody(checked.model),
                         .timeouts = kPatience,
                         .maxBodyBytes = kMostBytes};
    request.headers.push_back({"Content-Type", "application/json"});
    auto response = http.send(
        request, [&](std::string_view bytes) { return pull.feed(bytes); }, stop);
    if (!response) return safe.withoutKey(response.error());
    if (response->status >= 300)
        return safe.withoutKey(
            statusError(request.url, *response, safe, protocol->advice(safe.quote(checked.model))));
    return pull.conclude();
}

}  // namespace commonplace::llm
