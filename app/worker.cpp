#include "engine/extract/worker.h"
#include "app/modes.h"

namespace commonplace::app {

int runWorkerMode() {
    return extract::runWorker(extract::kWorkerSocket);
}

}  // namespace commonplace::app
