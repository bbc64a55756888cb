#include "engine/llm/told_window.h"

#include <utility>

#include "engine/llm/chat_json.h"
#include "engine/llm/model_entries.h"
#include "engine/net/retry.h"

namespace commonplace::llm {
namespace {

constexpr const char* kLmStudioPage = "/api/v0/models";
constexpr double kPatienceSeconds = 1;

std::optional<std::size_t> listedWindow(std::string_view list, const std::string& model) {
    const auto entries = parseModelEntries(list);
    if (!entries) return std::nullopt;
    for (const ModelEntry& entry : *entries)
        if (model.empty() || entry.id == model) return entry.window;
    return std::nullopt;
}

std::map<std::string, std::size_t> listedWindows(std::string_view list) {
    std::map<std::string, std::size_t> windows;
    if (const auto entries = parseModelEntries(list))
        for (const ModelEntry& entry : *entries)
            if (entry.window) windows.emplace(entry.id, *entry.window);
    return windows;
}

/// Of llama-server's page about itself.
std::optional<std::size_t> windowOfProps(std::string_view text) {
    const JsonText json(text);
    const auto root = json.root();
    return root ? possibleWindow(root->member("default_generation_settings").member("n_ctx")) : std::nullopt;
}

class Asking final {
  public:
    Asking(const Server& server, const std::stop_token& stop)
        : m_server(server), m_stop(stop), m_isHere(net::isLoopbackUrl(server.endpoint.baseUrl)) {}

    ToldWindow run() && {
        const Endpoint& endpoint = m_server.endpoint;
        const auto listed = [&](const std::string& body) { return listedWindow(body, endpoint.model); };
        const bool isOpenAi = endpoint.api == Api::OpenAi;
        if (m_isHere && endpoint.api != Api::Ollama) tryPage(rootUrl(endpoint), "/props", windowOfProps);
        if (isOpenAi) tryPage(endpoint.baseUrl, m_server.protocol.listPath(), listed);
        if (m_isHere && isOpenAi) tryPage(rootUrl(endpoint), kLmStudioPage, listed);
        return m_told;
    }
    /// Of several models; LM Studio's page only.
    std::map<std::string, std::size_t> all() && {
        std::map<std::string, std::size_t> windows;
        tryPage(rootUrl(m_server.endpoint), kLmStudioPage, [&](const std::string& body) {
            windows = listedWindows(body);
            return std::optional<std::size_t>();
        });
        return windows;
    }

  private:
    /// A server that does not answer is not asked for the next page either.
    template <typename Read>
    void tryPage(std::string baseUrl, const std::string& path, const Read& read) {
        if (m_told.tokens || m_told.isLoading || m_isSilent || m_stop.stop_requested()) return;
        Endpoint endpoint = m_server.endpoint;
        endpoint.baseUrl = std::move(baseUrl);
        endpoint.timeouts = {kPatienceSeconds, kPatienceSeconds, kPatienceSeconds};
        const auto response =
            askBriefly({m_server.http, endpoint, m_server.protocol, m_server.safe}, path, {}, m_stop);
        m_isSilent = !response;
        m_told.isLoading = response && net::isStillLoading(*response);
        if (response && response->status == 200) m_told.tokens = read(response->body);
    }

    const Server& m_server;
    const std::stop_token& m_stop;
    bool m_isHere = false;
    bool m_isSilent = false;
    ToldWindow m_told;
};

}  // namespace

bool canTellWindow(const Endpoint& endpoint) {
    return endpoint.api == Api::OpenAi ||
           (endpoint.api == Api::Anthropic && net::isLoopbackUrl(endpoint.baseUrl));
}

ToldWindow toldWindow(const Server& server, const std::stop_token& stop) {
    return Asking(server, stop).run();
}

std::map<std::string, std::size_t> toldWindows(const Server& server, std::string_view list,
                                               const std::stop_token& stop) {
    auto windows = listedWindows(list);
    if (!windows.empty() || server.endpoint.api != Api::OpenAi) return windows;
    const auto ids = parseModelIds(list);
    if (!ids || ids->empty()) return windows;
    // Its only page that is about all of several models is LM Studio's.
    Endpoint endpoint = server.endpoint;
    endpoint.model = ids->front();
    const Server asked{server.http, endpoint, server.protocol, server.safe};
    if (ids->size() > 1) return Asking(asked, stop).all();
    if (const auto told = Asking(asked, stop).run().tokens) windows.emplace(ids->front(), *told);
    return windows;
}

}  // namespace commonplace::llm
