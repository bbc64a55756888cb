// Wiring of the models of a library: the chain that answers, and the one for small tasks.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/announced_model.h"
#include "app/wiring.h"
#include "engine/llm/cooldowns.h"

namespace commonplace::app {

/// The key of exactly that endpoint, and of no other; empty: none.
using KeyFor = std::function<std::string(const std::string& baseUrl)>;

struct Surroundings {
    std::filesystem::path library;  ///< its library.db keeps the sums for spending limits
    KeyFor keyFor = {};
    std::shared_ptr<llm::Cooldowns> cooldowns = {};  ///< shared between questions; null: each has its own
    /// The only address that gets the key of the environment, when it is not that of the settings' model.
    std::optional<std::string> environmentUrl = {};
    /// Told before each request that goes to another computer; null: nobody is.
    OnDeparture onDeparture = {};
};

/// A model that is named for one call answers alone; otherwise the settings' model does, and their fallbacks
/// stand in for it as engine/llm/router.h says. `answering` is null when no model is configured.
Result<document::ChatModels> wireModels(const config::Settings& settings, const ModelChoice& choice,
                                        const Surroundings& around);

}  // namespace commonplace::app
