#include "engine/llm/endpoint.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "engine/base/text.h"

namespace commonplace::llm {
namespace {

constexpr std::array<std::pair<Api, const char*>, 3> kNames{
    {{Api::OpenAi, "openai"}, {Api::Anthropic, "anthropic"}, {Api::Ollama, "ollama"}}};

/// A port in decimal; 0 when it is none.
int portFrom(std::string_view digits) {
    int port = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    const bool isPort = read.ec == std::errc() && read.ptr == digits.data() + digits.size();
    return isPort && port > 0 && port < 65'536 ? port : 0;
}

void dropEnd(std::string& text, std::string_view end) {
    if (text.ends_with(end)) text.resize(text.size() - end.size());
}

}  // namespace

const char* name(Api api) {
    const auto found =
        std::find_if(kNames.begin(), kNames.end(), [&](const auto& entry) { return entry.first == api; });
    return found == kNames.end() ? "unknown" : found->second;
}

Result<Api> parseApi(std::string_view wanted) {
    for (const auto& [api, text] : kNames)
        if (wanted == text) return api;
    return Error(ErrorCode::InvalidArgument,
                 "the protocol of a model must be openai, anthropic or ollama; correct model.api");
}

Result<Endpoint> normalized(Endpoint endpoint) {
    while (endpoint.baseUrl.ends_with('/')) endpoint.baseUrl.pop_back();
    if (endpoint.api != Api::OpenAi) dropEnd(endpoint.baseUrl, "/v1");
    if (endpoint.api == Api::Ollama) dropEnd(endpoint.baseUrl, "/api");
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

std::string rootUrl(const Endpoint& endpoint) {
    std::string url = endpoint.baseUrl;
    dropEnd(url, "/v1");
    return url;
}

bool isForwarded(std::string_view model) {
    const std::string name = base::foldCase(base::trim(model));
    const std::size_t colon = name.rfind(':');
    if (colon == std::string::npos) return false;
    const std::string_view tag = std::string_view(name).substr(colon + 1);
    return tag == "cloud" || tag.ends_with("-cloud");
}

document::ModelServer serverOf(const Endpoint& endpoint) {
    const std::string_view url = endpoint.baseUrl;
    const std::size_t scheme = url.find("://");
    document::ModelServer server{name(endpoint.api), {}, 0};
    if (scheme == std::string_view::npos) return server;
    std::string_view host = url.substr(scheme + 3);
    host = host.substr(0, host.find_first_of("/?#"));
    if (const auto at = host.rfind('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
    const std::size_t colon = host.find(':', host.starts_with('[') ? host.find(']') : 0);
    server.address = host.substr(0, colon);
    if (colon != std::string_view::npos)
        server.port = portFrom(host.substr(colon + 1));
    else
        server.port = url.starts_with("https") ? 443 : 80;
    return server;
}

}  // namespace commonplace::llm
