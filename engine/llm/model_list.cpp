#include "engine/llm/model_list.h"

#include <utility>

#include "engine/base/clock.h"
#include "engine/llm/chat_json.h"
#include "engine/llm/status_error.h"

namespace commonplace::llm {
namespace {

constexpr std::size_t kMaxListBytes = 4u << 20;

net::Request briefRequest(const Server& server, const std::string& path, std::string body) {
    net::Request request{.url = server.endpoint.baseUrl + path,
                         .headers = server.protocol.headers(server.endpoint.key),
                         .body = std::move(body),
                         .timeouts = server.endpoint.timeouts,
                         .maxBodyBytes = kMaxListBytes};
    if (!request.body.empty()) {
        request.method = "POST";
        request.headers.push_back({"Content-Type", "application/json"});
    }
    request.watch = [clock = base::Stopwatch(), limit = request.timeouts.silenceSeconds,
                     url = request.url]() -> Result<void> {
        if (clock.seconds() <= limit) return {};
        return Error(ErrorCode::Timeout, url + " sent no list of models in time; is the server busy?");
    };
    return request;
}

/// Again after the refusals after which a question would be asked again, too: a server that is loading its
/// model may not list it yet.
Result<net::Response> askPatiently(const Server& server, const std::string& path,
                                   const std::stop_token& stop) {
    net::Repetitions repetitions(server.endpoint.retry);
    for (;;) {
        TRY(net::Response response, askBriefly(server, path, {}, stop));
        const auto wait = response.status >= 300 ? repetitions.after(response) : std::nullopt;
        if (!wait) return response;
        if (!net::waitFor(*wait, stop)) return Error(ErrorCode::Cancelled, "stopped");
    }
}

}  // namespace

Result<net::Response> askBriefly(const Server& server, const std::string& path, std::string body,
                                 std::stop_token stop) {
    auto response = server.http.send(briefRequest(server, path, std::move(body)), nullptr, std::move(stop));
    if (!response) return server.safe.withoutKey(response.error());
    return response;
}

Result<std::vector<std::string>> fetchModels(const Server& server, std::stop_token stop) {
    const std::string path = server.protocol.listPath();
    const std::string url = server.endpoint.baseUrl + path;
    TRY(const net::Response response, askPatiently(server, path, stop));
    if (response.status >= 300)
        return server.safe.withoutKey(statusError(url, response, server.safe, server.protocol.advice({})));
    auto ids = parseModelIds(response.body);
    if (!ids)
        return server.safe.withoutKey(ids.error())
            .within(url + " answered something else" + server.protocol.format().hint);
    return ids;
}

}  // namespace commonplace::llm
