// The modes of the one binary. main() picks one before any QApplication exists.
#pragma once

#include <filesystem>
#include <vector>

namespace commonplace::app {

/// The extraction worker: serves its parent over a socket (engine/extract/worker.h).
int runWorkerMode();

/// Tries a model file that may end the process (engine/llama/probe.h), and reports to the parent over a
/// socket.
int runProbeMode(const std::filesystem::path& file);

struct GuiRequest {
    std::filesystem::path library;             ///< empty: the default folder
    std::vector<std::filesystem::path> paths;  ///< files and folders to add
};
/// The window. Returns the exit code; 1 with one line on stderr when there is no display or the build has no
/// window.
int runGuiMode(const GuiRequest& request);

}  // namespace commonplace::app
