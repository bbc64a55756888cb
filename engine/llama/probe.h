// Trying a model file in another process before this one opens it. A damaged or hostile GGUF file can end the
// process that loads it (a token twice in its vocabulary is enough); here that becomes an Error that names
// the file.
//
// The other process is this program again (`commonplace probe-model FILE`, a mode that people need not know):
// it loads the file, fills its template, reads a sentence and writes eight tokens, and reports what the file
// is.
#pragma once

#include <filesystem>
#include <stop_token>

#include "engine/base/result.h"
#include "engine/llama/model_facts.h"

namespace commonplace::llama {

inline constexpr const char* kProbeMode = "probe-model";

struct ProbeSetup {
    std::filesystem::path program = "/proc/self/exe";  ///< what knows kProbeMode
    std::filesystem::path memory = {};  ///< folder that remembers good files; empty: every call tries anew
    double seconds = 0;                 ///< patience; 0: a minute, and more for large files
};

/// What the file is. NotFound; Crashed, Timeout: it broke the process that tried it; others as that process
/// said. A file that was good is not tried again while path, size and times of change stay the same. Any
/// thread.
Result<ModelFacts> probeModel(const std::filesystem::path& file, const ProbeSetup& setup,
                              const std::stop_token& stop);

/// The other side: tries the file and reports over the socket. Returns the exit code.
int runProbe(const std::filesystem::path& file, int socket);

}  // namespace commonplace::llama
