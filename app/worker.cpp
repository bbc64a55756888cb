#include "engine/extract/worker.h"
#include "app/modes.h"
#include "engine/base/child_process.h"
#include "engine/llama/probe.h"

namespace commonplace::app {

int runWorkerMode() {
    return extract::runWorker(extract::kWorkerSocket);
}

int runProbeMode(const std::filesystem::path& file) {
    return llama::runProbe(file, base::ChildProcess::kSocket);
}

}  // namespace commonplace::app
