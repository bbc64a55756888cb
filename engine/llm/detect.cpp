#include "engine/llm/detect.h"

#include <thread>
#include <utility>

#include "engine/llm/chat_json.h"
#include "engine/llm/model_list.h"
#include "engine/llm/protocol.h"
#include "engine/llm/status_error.h"
#include "engine/llm/told_window.h"
#include "engine/net/safe_text.h"

namespace commonplace::llm {
namespace {

Endpoint endpointAt(const Port& port, double seconds) {
    Endpoint endpoint;
    endpoint.api = port.api;
    endpoint.baseUrl = "http://127.0.0.1:" + std::to_string(port.number);
    if (port.api == Api::OpenAi) endpoint.baseUrl += "/v1";
    endpoint.timeouts = {.connectSeconds = seconds, .firstByteSeconds = seconds, .silenceSeconds = seconds};
    endpoint.reach = net::Reach::LoopbackOnly;
    return endpoint;
}

// A server of models that wants a key or is still loading; a web server that knows no such page is none.
bool isBusyOrLocked(int status) {
    return status == 401 || status == 403 || status == 503;
}

std::optional<LocalServer> ask(const Port& port, double seconds, const std::stop_token& stop) {
    const Endpoint endpoint = endpointAt(port, seconds);
    const auto protocol = makeProtocol(endpoint.api);
    const net::SafeText safe("");
    net::HttpClient http(endpoint.reach);
    const auto response = askBriefly({http, endpoint, *protocol, safe}, protocol->listPath(), {}, stop);
    if (!response) return std::nullopt;
    LocalServer server{endpoint.api, endpoint.baseUrl, {}, {}};
    if (isBusyOrLocked(response->status)) {
        server.problem =
            statusError(endpoint.baseUrl + protocol->listPath(), *response, safe, protocol->advice({}))
                .message();
        return server;
    }
    auto models = parseModelIds(response->body);
    if (response->status >= 300 || !models) return std::nullopt;
    server.models = std::move(*models);
    server.windows = toldWindows({http, endpoint, *protocol, safe}, response->body, stop);
    return server;
}

}  // namespace

std::vector<LocalServer> detectServers(const DetectOptions& options, const std::stop_token& stop) {
    std::vector<std::optional<LocalServer>> answers(options.ports.size());
    {
        std::vector<std::jthread> askers;
        for (std::size_t i = 0; i < options.ports.size(); ++i)
            askers.emplace_back([&, i] { answers[i] = ask(options.ports[i], options.seconds, stop); });
    }
    std::vector<LocalServer> servers;
    for (auto& answer : answers)
        if (answer) servers.push_back(std::move(*answer));
    return servers;
}

}  // namespace commonplace::llm
