// What a run of indexing says in the status line. Pure.
#pragma once

#include "ui/bridge/index_bridge.h"
#include "ui/window/status_line.h"

namespace commonplace::ui {

/// "Reading 214 of 1,032", "report.pdf · 31 pages/s · 4 min left".
IndexingState indexingState(const IndexProgress& progress);
/// "1,032 files, 12 new".
IndexingState indexedState(const IndexOutcome& outcome);
/// "4 min left"; empty while unknown.
QString timeLeft(double seconds);

}  // namespace commonplace::ui
