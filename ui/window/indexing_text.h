// What a run of indexing says in the status line. Pure.
#pragma once

#include "ui/bridge/index_bridge.h"
#include "ui/window/status_line.h"

namespace commonplace::ui {

/// "Reading 214 of 1,032 files", "report.pdf · 31 pages/s · 4 min left": the words of bridge/progress_text.
IndexingState indexingState(const IndexProgress& progress);
/// "1,032 files, 12 new".
IndexingState indexedState(const IndexOutcome& outcome);

}  // namespace commonplace::ui
