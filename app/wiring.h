// Wiring: builds the parts of the program from its settings, once. No globals.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "engine/base/result.h"
#include "engine/config/settings.h"
#include "engine/document/chat_model.h"
#include "engine/llm/endpoint.h"

namespace commonplace::app {

/// What a call names instead of the settings; empty strings leave the settings' choice.
struct ModelChoice {
    std::string baseUrl;
    std::string model;
    std::string api = {};  ///< "openai", "anthropic" or "ollama"
};

/// Where the model is served; nothing: no model is configured. InvalidArgument for a choice without a place.
Result<std::optional<llm::Endpoint>> chosenEndpoint(const config::Settings& settings,
                                                    const ModelChoice& choice, const std::string& key);

/// The model that answers, or null: no model is configured, answers are extractive. `key` is used where the
/// environment holds none.
Result<std::unique_ptr<document::ChatModel>> wireModel(const config::Settings& settings,
                                                       const ModelChoice& choice, const std::string& key);

/// Keys from the environment (COMMONPLACE_API_KEY); never stored, printed or logged.
class EnvironmentSecrets final : public document::SecretSource {
  public:
    std::optional<std::string> secret(std::string_view name) const override;
};

}  // namespace commonplace::app
