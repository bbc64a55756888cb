#include <cstdlib>
#include <iostream>

#include "app/modes.h"
#include "app/secrets.h"
#include "app/wiring_models.h"
#include "engine/config/settings.h"
#include "ui/bridge/paths.h"
#include "ui/window/run_window.h"

namespace commonplace::app {
namespace {

bool isSet(const char* variable) {
    const char* value = std::getenv(variable);
    return value && *value;
}

QString toQString(const std::filesystem::path& path) {
    return QString::fromLocal8Bit(path.native());
}

/// Of the installed program (share/commonplace), of a build in the source tree, or beside the program; empty:
/// nowhere.
QString sampleLibrary() {
    std::error_code failed;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", failed).parent_path();
    for (const char* place : {"../share/commonplace/sample-library", "../../resources/sample-library",
                              "resources/sample-library"}) {
        const auto folder = std::filesystem::weakly_canonical(program / place, failed);
        if (!failed && std::filesystem::is_directory(folder, failed)) return toQString(folder);
    }
    return {};
}

ui::WindowOptions optionsOf(const GuiRequest& request) {
    ui::WindowOptions options;
    options.host.libraryFolder = toQString(request.library);
    options.host.traffic = std::make_shared<net::Traffic>();
    const net::Permit permit(net::Reach::Anywhere, options.host.traffic);
    // A model file stays in memory for the next question, with what it has read of the conversation.
    const auto loaded = std::make_shared<llm::LoadedModels>();
    const auto cooldowns = std::make_shared<llm::Cooldowns>();
    const auto windows = std::make_shared<llm::KnownWindows>();
    options.host.wireModels = [permit, loaded, cooldowns, windows](const ui::ModelsWanted& wanted) {
        ModelChoice choice;
        choice.permit = permit;
        choice.loaded = loaded;
        choice.windows = windows;
        return wireModels(wanted.settings, choice, {wanted.library, wanted.key, cooldowns, wanted.usualUrl});
    };
    options.host.wireEmbedder = [permit](const std::filesystem::path& settingsFile,
                                         const ui::KeyProvider& key) {
        return embedderOpener([settingsFile] { return config::loadSettings(settingsFile); }, permit, key);
    };
    options.host.knownSecrets = knownSecrets;
    options.sampleLibrary = sampleLibrary();
    for (const auto& path : request.paths) {
        std::error_code failed;
        const auto absolute = std::filesystem::absolute(path, failed);
        options.paths << ui::windowPath((failed ? path : absolute).native());
    }
    return options;
}

}  // namespace

int runGuiMode(const GuiRequest& request) {
    if (!isSet("DISPLAY") && !isSet("WAYLAND_DISPLAY") && !isSet("QT_QPA_PLATFORM")) {
        std::cerr << "commonplace: there is no display for the window; see 'commonplace --help' for the "
                     "command line\n";
        return 1;
    }
    char program[] = "commonplace";
    char* argv[] = {program, nullptr};
    return ui::runWindow(1, argv, optionsOf(request));
}

}  // namespace commonplace::app
