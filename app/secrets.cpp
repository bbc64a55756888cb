#include "app/secrets.h"

#include "app/wiring.h"
#include "engine/config/paths.h"
#include "engine/llm/key_file.h"

namespace commonplace::app {

Result<std::string> keyFor(const std::string& baseUrl) {
    TRY(const auto keys, llm::KeyFile::read(config::keysFile()));
    return keys.keyFor(baseUrl).value_or(std::string());
}

std::vector<std::string> knownSecrets() {
    std::vector<std::string> secrets;
    for (const char* name : {"api_key", "embedding_key"})
        if (auto secret = EnvironmentSecrets().secret(name)) secrets.push_back(std::move(*secret));
    if (const auto keys = llm::KeyFile::read(config::keysFile()))
        for (const auto& [origin, key] : keys->keys()) secrets.push_back(key);
    return secrets;
}

}  // namespace commonplace::app
