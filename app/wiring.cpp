#include "app/wiring.h"

#include <cstdlib>

#include "engine/llm/openai_model.h"

namespace commonplace::app {

std::optional<std::string> EnvironmentSecrets::secret(std::string_view name) const {
    if (name != "api_key") return std::nullopt;
    const char* key = std::getenv("COMMONPLACE_API_KEY");
    return key && *key ? std::optional<std::string>(key) : std::nullopt;
}

Result<std::unique_ptr<document::ChatModel>> wireModel(const config::Settings& settings,
                                                       const ModelChoice& choice) {
    llm::Endpoint endpoint;
    endpoint.baseUrl = choice.baseUrl.empty() ? settings.model.baseUrl : choice.baseUrl;
    endpoint.model = choice.model.empty() ? settings.model.model : choice.model;
    if (endpoint.baseUrl.empty() && !choice.model.empty())
        return Error(ErrorCode::InvalidArgument, "--model needs an endpoint: add --base-url URL");
    if (endpoint.baseUrl.empty()) return std::unique_ptr<document::ChatModel>();
    endpoint.key = EnvironmentSecrets().secret("api_key").value_or("");
    endpoint.window = static_cast<std::size_t>(settings.model.contextWindow);
    endpoint.timeouts.firstByteSeconds = settings.model.firstTokenSeconds;
    endpoint.timeouts.silenceSeconds = settings.model.silenceSeconds;
    return llm::openOpenAiModel(std::move(endpoint));
}

}  // namespace commonplace::app
