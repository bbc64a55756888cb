#include "engine/llm/told_window.h"

#include <algorithm>

#include "engine/llm/json_read.h"
#include "engine/net/retry.h"

namespace commonplace::llm {
namespace {

constexpr const char* kLmStudioPage = "/api/v0/models";
constexpr double kPatienceSeconds = 1;
// The rules of a question alone take more than the least.
constexpr std::size_t kLeastTokens = 256;
constexpr std::size_t kMostTokens = 1'000'000'000;

std::optional<std::size_t> possible(const JsonView& number) {
    const auto tokens = number.count();
    if (!tokens) return std::nullopt;
    const auto count = static_cast<std::size_t>(*tokens);
    return count >= kLeastTokens && count <= kMostTokens ? std::optional(count) : std::nullopt;
}

/// What is loaded comes before what could be loaded.
std::optional<std::size_t> windowOfEntry(const JsonView& entry) {
    for (const char* name :
         {"loaded_context_length", "max_model_len", "context_length", "context_window", "max_context_length"})
        if (const auto tokens = possible(entry.member(name))) return tokens;
    return std::nullopt;
}

std::string idOf(const JsonView& entry) {
    const std::string id = entry.member("id").text();
    return id.empty() ? entry.member("name").text() : id;
}

/// In their order; nothing: this is no list.
std::vector<JsonView> entriesOf(const JsonText& json) {
    auto list = json.root();
    if (list && list->member("data").isArray()) list = list->member("data");
    return list ? list->items() : std::vector<JsonView>();
}

std::optional<std::size_t> listedWindow(std::string_view list, const std::string& model) {
    const JsonText json(list);
    for (const JsonView& entry : entriesOf(json))
        if (model.empty() || idOf(entry) == model) return windowOfEntry(entry);
    return std::nullopt;
}

std::map<std::string, std::size_t> listedWindows(std::string_view list) {
    std::map<std::string, std::size_t> windows;
    const JsonText json(list);
    for (const JsonView& entry : entriesOf(json))
        if (const auto tokens = windowOfEntry(entry)) windows.emplace(idOf(entry), *tokens);
    return windows;
}

std::vector<std::string> idsOf(std::string_view list) {
    std::vector<std::string> ids;
    const JsonText json(list);
    for (const JsonView& entry : entriesOf(json)) ids.push_back(idOf(entry));
    return ids;
}

/// Of llama-server's page about itself.
std::optional<std::size_t> windowOfProps(std::string_view text) {
    const JsonText json(text);
    const auto root = json.root();
    return root ? possible(root->member("default_generation_settings").member("n_ctx")) : std::nullopt;
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

ToldWindow toldWindow(const Server& server, const std::stop_token& stop) {
    return Asking(server, stop).run();
}

std::map<std::string, std::size_t> toldWindows(const Server& server, std::string_view list,
                                               const std::stop_token& stop) {
    auto windows = listedWindows(list);
    if (!windows.empty() || server.endpoint.api != Api::OpenAi) return windows;
    const std::vector<std::string> ids = idsOf(list);
    if (ids.empty()) return windows;
    // Its only page that is about all of several models is LM Studio's.
    Endpoint endpoint = server.endpoint;
    endpoint.model = ids.front();
    const Server asked{server.http, endpoint, server.protocol, server.safe};
    if (ids.size() > 1) return Asking(asked, stop).all();
    if (const auto told = Asking(asked, stop).run().tokens) windows.emplace(ids.front(), *told);
    return windows;
}

}  // namespace commonplace::llm
