// TraceKeeper: stores finished traces in library.db, where nobody has to wait for them. Thread: that of the
// store.
#pragma once

#include <string>
#include <vector>

#include "engine/config/settings.h"
#include "engine/store/library_store.h"
#include "engine/trace/tracer.h"

namespace commonplace::library {

class TraceKeeper final : public trace::Sink {
  public:
    TraceKeeper(store::LibraryStore& library, int keepDays) : m_library(library), m_keepDays(keepDays) {}
    /// A trace that cannot be stored (the database is held, the disk is full) is lost: the answer matters
    /// more.
    void take(const trace::Trace& trace) override;

  private:
    store::LibraryStore& m_library;
    int m_keepDays;
};

/// How the settings want it.
trace::Options tracing(const config::TraceSettings& settings, std::vector<std::string> secrets);

}  // namespace commonplace::library
