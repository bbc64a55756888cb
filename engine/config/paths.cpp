#include "engine/config/paths.h"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>

namespace commonplace::config {
namespace {

std::filesystem::path absoluteFrom(const char* variable) {
    const char* value = std::getenv(variable);
    std::filesystem::path path = value ? value : "";
    return path.is_absolute() ? path : std::filesystem::path();
}

std::filesystem::path home() {
    if (auto path = absoluteFrom("HOME"); !path.empty()) return path;
    const passwd* user = ::getpwuid(::getuid());
    return user && user->pw_dir ? std::filesystem::path(user->pw_dir) : std::filesystem::path("/");
}

std::filesystem::path folder(const char* variable, const char* belowHome) {
    const auto base = absoluteFrom(variable);
    return (base.empty() ? home() / belowHome : base) / "commonplace";
}

}  // namespace

std::filesystem::path dataFolder() {
    return folder("XDG_DATA_HOME", ".local/share");
}
std::filesystem::path configFolder() {
    return folder("XDG_CONFIG_HOME", ".config");
}
std::filesystem::path cacheFolder() {
    return folder("XDG_CACHE_HOME", ".cache");
}
std::filesystem::path stateFolder() {
    return folder("XDG_STATE_HOME", ".local/state");
}
std::filesystem::path defaultLibraryFolder() {
    return dataFolder() / "library";
}
std::filesystem::path settingsFile() {
    return configFolder() / "settings.json";
}
std::filesystem::path keysFile() {
    return configFolder() / "keys.json";
}
std::filesystem::path modelsFolder() {
    return dataFolder() / "models";
}

}  // namespace commonplace::config
