// Wiring: builds the parts of the program from its settings, once. No globals.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "engine/base/result.h"
#include "engine/config/settings.h"
#include "engine/document/chat_model.h"
#include "engine/document/embedder.h"
#include "engine/library/space_models.h"
#include "engine/llm/endpoint.h"
#include "engine/llm/known_windows.h"
#include "engine/llm/loaded_models.h"
#include "engine/llm/local_model.h"

namespace commonplace::app {

/// What a call names instead of the settings; empty strings leave the settings' choice.
struct ModelChoice {
    std::string baseUrl;
    std::string model;
    std::string api = {};  ///< "openai", "anthropic", "ollama" or "local"
    /// Who may keep the requests on this machine. Without a shared switch the setting network.offline does,
    /// too.
    net::Permit permit = {};
    /// Model files stay in memory between the calls that share this; null: each call loads its own.
    std::shared_ptr<llm::LoadedModels> loaded = {};
    /// What servers told of their windows is remembered between the calls that share this; null: each asks.
    std::shared_ptr<llm::KnownWindows> windows = {};
    std::stop_token stop = {};  ///< while a file that is not known yet is tried
};

/// Folder that remembers which model files were tried and found good.
std::filesystem::path modelMemory();

/// The model file that runs in this process; nothing: an endpoint, or no model, was chosen.
std::optional<std::filesystem::path> chosenModelFile(const config::Settings& settings,
                                                     const ModelChoice& choice);

/// How that file is opened.
llm::LocalModelSetup localModelSetup(const std::filesystem::path& file, const config::Settings& settings,
                                     const ModelChoice& choice);

/// Where the model is served; nothing: no model is configured. InvalidArgument for a choice without a place.
Result<std::optional<llm::Endpoint>> chosenEndpoint(const config::Settings& settings,
                                                    const ModelChoice& choice, const std::string& key);

/// The model that answers, or null: no model is configured, answers are extractive. `key` is used where the
/// environment holds none, and the user's key file (secrets.h) where both do not.
Result<std::unique_ptr<document::ChatModel>> wireModel(const config::Settings& settings,
                                                       const ModelChoice& choice, const std::string& key);

/// The settings as they are now. Thread: any.
using CurrentSettings = std::function<Result<config::Settings>()>;

/// Opens the embedding model that is named, as the current settings allow it: a server elsewhere only when
/// documents may be sent, no folder is for this computer only, and nobody is offline (Refused otherwise; by
/// the switch of `permit` if it shares one, else by the settings). A server here that forwards the texts is
/// one elsewhere. Opening sends no document and goes by EmbeddingSettings::reach of what is opened, which may
/// be a choice that is not saved yet; each use goes by the consent in the current settings
/// (library::reachFor()). `dimension`: of vectors that it made before; 0: found out, which asks a server.
/// `keyOf`: the key of the server with this address where the environment holds none, asked for at each use,
/// on any thread; may be empty.
library::OpenEmbedder embedderOpener(const CurrentSettings& current, const net::Permit& permit,
                                     const std::function<std::string(const std::string&)>& keyOf = {});

/// Keys from the environment (api_key: COMMONPLACE_API_KEY, embedding_key:
/// COMMONPLACE_EMBEDDING_API_KEY); never stored, printed or logged.
class EnvironmentSecrets final : public document::SecretSource {
  public:
    std::optional<std::string> secret(std::string_view name) const override;
};

}  // namespace commonplace::app
