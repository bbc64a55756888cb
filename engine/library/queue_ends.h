// QueueEnds: writes down which queued paths are done, many in one transaction: each waits for the disk.
// Internal.
#pragma once

#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/store/library_store.h"

namespace commonplace::library {

/// Thread: that of the store. What was added and not flushed is worked again by the next run.
class QueueEnds final {
  public:
    explicit QueueEnds(store::LibraryStore& library) : m_library(library) {}

    /// Before the work on an entry of that run (QueueEntry::queuedBy) begins, which may take long: whoever
    /// else follows hears of what is done for it.
    Result<void> beginning(const std::string& run);
    /// The end of an entry of the run named last. Flushes now and then.
    Result<void> add(store::QueueEnd end);
    Result<void> flush();

  private:
    store::LibraryStore& m_library;
    std::vector<store::QueueEnd> m_ends;
    std::string m_run;
    base::Stopwatch m_sinceFlush;
};

}  // namespace commonplace::library
