#include <cstdlib>
#include <iostream>

#include "app/modes.h"
#include "ui/window/main_window.h"

namespace commonplace::app {
namespace {

bool isSet(const char* variable) {
    const char* value = std::getenv(variable);
    return value && *value;
}

QString toQString(const std::filesystem::path& path) {
    return QString::fromLocal8Bit(path.native());
}

}  // namespace

int runGuiMode(const GuiRequest& request) {
    if (!isSet("DISPLAY") && !isSet("WAYLAND_DISPLAY") && !isSet("QT_QPA_PLATFORM")) {
        std::cerr << "commonplace: there is no display for the window; see 'commonplace --help' for the "
                     "command line\n";
        return 1;
    }
    QStringList paths;
    for (const auto& path : request.paths) {
        std::error_code failed;
        const auto absolute = std::filesystem::absolute(path, failed);
        paths << toQString(failed ? path : absolute);
    }
    char program[] = "commonplace";
    char* argv[] = {program, nullptr};
    return ui::runWindow(1, argv, toQString(request.library), paths);
}

}  // namespace commonplace::app
