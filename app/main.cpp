#include <sys/stat.h>

#include <string_view>

#include "app/cli/commands.h"
#include "app/modes.h"

int main(int argc, char** argv) {
    ::umask(077);  // libraries hold the text of private files: nobody else's to read
    if (argc == 2 && std::string_view(argv[1]) == "worker") return commonplace::app::runWorkerMode();
    return commonplace::app::cli::main(argc, argv);
}
