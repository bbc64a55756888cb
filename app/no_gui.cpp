#include <iostream>

#include "app/modes.h"

namespace commonplace::app {

int runGuiMode(const GuiRequest&) {
    std::cerr << "commonplace: this build has no window; see 'commonplace --help' for the command line\n";
    return 1;
}

}  // namespace commonplace::app
