// QueueEnds: writes down which queued paths are done, many in one transaction: each waits for the disk.
// Internal.
#pragma once

#include <vector>

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/store/library_store.h"

namespace commonplace::library {

/// Thread: that of the store. What was added and not flushed is worked again by the next run.
class QueueEnds final {
  public:
    explicit QueueEnds(store::LibraryStore& library) : m_library(library) {}

    /// Flushes now and then, so that those who follow hear of it.
    Result<void> add(store::QueueEnd end);
    Result<void> flush();

  private:
    store::LibraryStore& m_library;
    std::vector<store::QueueEnd> m_ends;
    base::Stopwatch m_sinceFlush;
};

}  // namespace commonplace::library
