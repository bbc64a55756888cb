#include "app/wiring.h"

#include <cstdlib>
#include <utility>

#include "app/secrets.h"
#include "engine/config/address.h"
#include "engine/config/paths.h"
#include "engine/llm/local_model.h"
#include "engine/llm/served_model.h"

namespace commonplace::app {
namespace {

constexpr const char* kLocal = "local";

/// What the call names, else what its address tells, else the settings; whose fault it is stands in the
/// error.
Result<llm::Api> apiOf(const config::Settings& settings, const ModelChoice& choice, bool isOther) {
    if (!choice.api.empty()) return llm::parseApi(choice.api);
    if (const auto told = config::apiOfAddress(choice.baseUrl); told && isOther) return llm::parseApi(*told);
    // An endpoint that is named for one call has a protocol, also where the settings name a file.
    const auto usual =
        llm::parseApi(settings.model.api == kLocal ? config::ModelSettings().api : settings.model.api);
    return usual ? usual
                 : Error(ErrorCode::Corrupt, "in the settings, model.api: " + usual.error().message());
}

}  // namespace

std::optional<std::string> EnvironmentSecrets::secret(std::string_view name) const {
    const char* variable = name == "api_key"         ? "COMMONPLACE_API_KEY"
                           : name == "embedding_key" ? "COMMONPLACE_EMBEDDING_API_KEY"
                                                     : nullptr;
    const char* key = variable ? std::getenv(variable) : nullptr;
    return key && *key ? std::optional<std::string>(key) : std::nullopt;
}

Result<std::optional<llm::Endpoint>> chosenEndpoint(const config::Settings& settings,
                                                    const ModelChoice& choice, const std::string& key) {
    llm::Endpoint endpoint;
    // What the settings say of their endpoint says nothing about another one.
    const bool isOther = !choice.baseUrl.empty() && choice.baseUrl != settings.model.baseUrl;
    endpoint.baseUrl = choice.baseUrl.empty() ? settings.model.baseUrl : choice.baseUrl;
    endpoint.model = choice.model.empty() && !isOther ? settings.model.model : choice.model;
    if (choice.baseUrl.empty() && choice.api == kLocal)
        return Error(ErrorCode::InvalidArgument, "--api local needs a model file: add --model FILE.gguf");
    if (endpoint.baseUrl.empty() && !choice.model.empty())
        return Error(ErrorCode::InvalidArgument,
                     "--model needs an endpoint: add --base-url URL, or name a file that ends with .gguf");
    if (endpoint.baseUrl.empty() && !choice.api.empty())
        return Error(ErrorCode::InvalidArgument, "--api needs an endpoint: add --base-url URL");
    if (endpoint.baseUrl.empty()) return std::optional<llm::Endpoint>();
    if (choice.api == kLocal)
        return Error(
            ErrorCode::InvalidArgument,
            "--api local runs a model file in this program: name it with --model and leave --base-url out");
    TRY(endpoint.api, apiOf(settings, choice, isOther));
    endpoint.reach = choice.permit;
    if (!choice.permit.traffic && settings.network.offline) endpoint.reach = net::Reach::LoopbackOnly;
    endpoint.key = EnvironmentSecrets().secret("api_key").value_or(key);
    if (endpoint.key.empty()) {
        TRY(endpoint.key, keyFor(endpoint.baseUrl));
    }
    endpoint.window = static_cast<std::size_t>(settings.model.contextWindow);
    endpoint.timeouts.firstByteSeconds = settings.model.firstTokenSeconds;
    endpoint.timeouts.silenceSeconds = settings.model.silenceSeconds;
    endpoint.windows = choice.windows;
    return std::optional(std::move(endpoint));
}

std::filesystem::path modelMemory() {
    return config::cacheFolder() / "models";
}

std::optional<std::filesystem::path> chosenModelFile(const config::Settings& settings,
                                                     const ModelChoice& choice) {
    if (!choice.baseUrl.empty()) return std::nullopt;
    const std::string& api = choice.api.empty() && choice.model.empty() ? settings.model.api : choice.api;
    const std::string& model = choice.model.empty() ? settings.model.model : choice.model;
    // A name that ends in .gguf is a file even where none is: the message about it is then the better one.
    const bool isFile = api == kLocal || (api.empty() && llm::isModelFile(model));
    return isFile && !model.empty() ? std::optional<std::filesystem::path>(model) : std::nullopt;
}

llm::LocalModelSetup localModelSetup(const std::filesystem::path& file, const config::Settings& settings,
                                     const ModelChoice& choice) {
    llm::LocalModelSetup setup;
    setup.file = file;
    setup.window = static_cast<std::size_t>(settings.model.contextWindow);
    setup.probe.memory = modelMemory();
    setup.loaded = choice.loaded;
    return setup;
}

Result<std::unique_ptr<document::ChatModel>> wireModel(const config::Settings& settings,
                                                       const ModelChoice& choice, const std::string& key) {
    if (const auto file = chosenModelFile(settings, choice))
        return llm::openLocalModel(localModelSetup(*file, settings, choice), choice.stop);
    TRY(auto endpoint, chosenEndpoint(settings, choice, key));
    if (!endpoint) return std::unique_ptr<document::ChatModel>();
    return llm::openModel(std::move(*endpoint));
}

}  // namespace commonplace::app
