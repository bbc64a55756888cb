#include "app/wiring.h"

#include <cstdlib>
#include <utility>

#include "engine/llm/served_model.h"

namespace commonplace::app {

std::optional<std::string> EnvironmentSecrets::secret(std::string_view name) const {
    if (name != "api_key") return std::nullopt;
    const char* key = std::getenv("COMMONPLACE_API_KEY");
    return key && *key ? std::optional<std::string>(key) : std::nullopt;
}

Result<std::optional<llm::Endpoint>> chosenEndpoint(const config::Settings& settings,
                                                    const ModelChoice& choice, const std::string& key) {
    llm::Endpoint endpoint;
    endpoint.baseUrl = choice.baseUrl.empty() ? settings.model.baseUrl : choice.baseUrl;
    endpoint.model = choice.model.empty() ? settings.model.model : choice.model;
    if (endpoint.baseUrl.empty() && !choice.model.empty())
        return Error(ErrorCode::InvalidArgument, "--model needs an endpoint: add --base-url URL");
    if (endpoint.baseUrl.empty() && !choice.api.empty())
        return Error(ErrorCode::InvalidArgument, "--api needs an endpoint: add --base-url URL");
    if (endpoint.baseUrl.empty()) return std::optional<llm::Endpoint>();
    TRY(endpoint.api, llm::parseApi(choice.api.empty() ? settings.model.api : choice.api));
    endpoint.key = EnvironmentSecrets().secret("api_key").value_or(key);
    endpoint.window = static_cast<std::size_t>(settings.model.contextWindow);
    endpoint.timeouts.firstByteSeconds = settings.model.firstTokenSeconds;
    endpoint.timeouts.silenceSeconds = settings.model.silenceSeconds;
    return std::optional(std::move(endpoint));
}

Result<std::unique_ptr<document::ChatModel>> wireModel(const config::Settings& settings,
                                                       const ModelChoice& choice, const std::string& key) {
    TRY(auto endpoint, chosenEndpoint(settings, choice, key));
    if (!endpoint) return std::unique_ptr<document::ChatModel>();
    return llm::openModel(std::move(*endpoint));
}

}  // namespace commonplace::app
