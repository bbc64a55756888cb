// IndexRun: one `index` call: queue the paths, then work the queue off as owner (queue_work.h), or follow the
// owner.
// Internal.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/library/library.h"
#include "engine/library/queue_work.h"
#include "engine/store/library_store.h"

namespace commonplace::library {

/// Thread: one.
class IndexRun final {
  public:
    IndexRun(Library& library, ingest::Gate& gate, const IndexEvents& events)
        : m_library(library), m_gate(gate), m_events(events) {}

    Result<IndexReport> run(const IndexRequest& request, std::stop_token stop);
    /// Vectors of what is in the index, and of what waits in the queue: whoever queued that may be gone, and
    /// vectors give way to text.
    Result<IndexReport> runVectors(std::stop_token stop);

  private:
    Result<void> enqueue(const IndexRequest& request);
    Result<void> workOrFollow(const std::stop_token& stop);
    Result<void> workAsOwner(Owner& owner, const std::stop_token& stop);
    Result<void> fillAsOwner(Owner& owner, const std::stop_token& stop);
    Result<Owner> becomeOwner();
    /// index.db, or a new one when it is damaged: then every root is queued again.
    Result<std::unique_ptr<store::IndexStore>> openIndex();
    Result<void> rebuildLater();
    Result<void> openGuest();
    Result<void> tellOffline(QueueWork& work);
    /// Does any space that is in use lack a vector, or wait to be switched to?
    Result<bool> lacksVectors();
    Result<void> waitForOwner(const std::stop_token& stop);
    Result<void> collect(store::LibraryStore& library);
    QueueWork workOf(Owner& owner);
    void notice(const std::string& line);

    Library& m_library;
    ingest::Gate& m_gate;
    const IndexEvents& m_events;
    config::IndexSettings m_settings;
    store::Depth m_depth = store::Depth::TextAndVectors;
    std::vector<std::int64_t> m_mine;  ///< queue entries of this call that are not done yet
    std::set<std::string> m_queued;    ///< paths queued by this call
    std::unique_ptr<store::LibraryStore> m_guest;
    IndexReport m_report;
    std::string m_problem;  ///< of the embedding model, the last one
    int m_waits = 0;        ///< for an owner
};

/// Renames a damaged database (and its -wal, -shm) to <name>.damaged-<n>; returns the new name.
Result<std::string> setAside(const std::filesystem::path& file);

}  // namespace commonplace::library
