#include "app/modes.h"
#include "engine/extract/worker.h"

namespace commonplace::app {

int runWorkerMode() { return extract::runWorker(extract::kWorkerSocket); }

}  // namespace commonplace::app
