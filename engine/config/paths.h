// Where things lie (XDG Base Directory Specification 0.8). Relative values of the variables are ignored, as
// it says.
#pragma once

#include <filesystem>

namespace commonplace::config {

std::filesystem::path dataFolder();    ///< $XDG_DATA_HOME/commonplace
std::filesystem::path configFolder();  ///< $XDG_CONFIG_HOME/commonplace
std::filesystem::path cacheFolder();   ///< $XDG_CACHE_HOME/commonplace
std::filesystem::path stateFolder();   ///< $XDG_STATE_HOME/commonplace

std::filesystem::path defaultLibraryFolder();  ///< dataFolder()/library
std::filesystem::path settingsFile();          ///< configFolder()/settings.json
std::filesystem::path keysFile();              ///< configFolder()/keys.json
std::filesystem::path modelsFolder();          ///< dataFolder()/models

}  // namespace commonplace::config
