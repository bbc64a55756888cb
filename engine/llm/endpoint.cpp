#include "engine/llm/endpoint.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/base/text.h"

namespace commonplace::llm {
namespace {

constexpr std::array<std::pair<Api, const char*>, 3> kNames{
    {{Api::OpenAi, "openai"}, {Api::Anthropic, "anthropic"}, {Api::Ollama, "ollama"}}};

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

}  // namespace commonplace::llm
