#include <sys/stat.h>

#include <cstdlib>
#include <string_view>

#include "app/cli/commands.h"
#include "app/modes.h"
#include "engine/llama/probe.h"

int main(int argc, char** argv) {
    ::umask(077);  // libraries hold the text of private files: nobody else's to read
    ::setenv("GGML_NO_BACKTRACE", "1",
             0);  // else llama.cpp starts a debugger when something ends the program
    if (argc == 2 && std::string_view(argv[1]) == "worker") return commonplace::app::runWorkerMode();
    if (argc == 3 && std::string_view(argv[1]) == commonplace::llama::kProbeMode)
        return commonplace::app::runProbeMode(argv[2]);
    return commonplace::app::cli::main(argc, argv);
}
