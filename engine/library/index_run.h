// IndexRun: one `index` call: queue the paths, then work the queue off as owner, or follow the owner.
// Internal.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/file.h"
#include "engine/base/result.h"
#include "engine/base/thread_pool.h"
#include "engine/ingest/ingester.h"
#include "engine/library/library.h"
#include "engine/library/queue_ends.h"
#include "engine/library/watched_paths.h"
#include "engine/store/library_store.h"

namespace commonplace::library {

/// The owner's connections and machinery; holding it means holding the owner lock.
struct Owner {
    base::FileLock lock;
    std::unique_ptr<store::IndexStore> index;
    std::unique_ptr<store::LibraryStore> library;
    std::unique_ptr<extract::Extractor> extractor;
    std::unique_ptr<base::ThreadPool> pool;
};

/// Thread: one.
class IndexRun final {
  public:
    IndexRun(Library& library, ingest::Gate& gate, const IndexEvents& events)
        : m_library(library), m_gate(gate), m_events(events) {}

    Result<IndexReport> run(const IndexRequest& request, std::stop_token stop);
    /// Vectors only, of what is in the index.
    Result<IndexReport> runVectors(std::stop_token stop);

  private:
    Result<void> enqueue(const IndexRequest& request);
    Result<void> workOrFollow(const std::stop_token& stop);
    Result<Owner> becomeOwner();
    /// index.db, or a new one when it is damaged: then every root is queued again.
    Result<std::unique_ptr<store::IndexStore>> openIndex();
    Result<void> rebuildLater();
    Result<void> workQueue(Owner& owner, const std::stop_token& stop);
    Result<void> workTexts(Owner& owner, const std::vector<store::QueueEntry>& entries,
                           const std::stop_token& stop);
    Result<void> workEach(Owner& owner, const std::vector<store::QueueEntry>& entries, QueueEnds& ends,
                          const std::stop_token& stop);
    Result<void> workVectors(Owner& owner, const std::stop_token& stop);
    Result<ingest::Summary> workEntry(Owner& owner, WatchedPaths& watched, const store::QueueEntry& entry,
                                      const std::stop_token& stop);
    Result<ingest::Embedded> embed(Owner& owner, const std::stop_token& stop);
    /// Each run hears of the vectors of its own documents, whoever made them.
    Result<void> shareOut(Owner& owner, const ingest::Embedded& embedded);
    Result<void> finishOwed(Owner& owner, store::QueueState state);
    Result<void> tellOffline(Owner& owner);
    /// Does any space that is in use lack a vector, or wait to be switched to?
    Result<bool> lacksVectors();
    Result<void> waitForOwner(const std::stop_token& stop);
    Result<void> collect(store::LibraryStore& library);
    ingest::Ingester ingester(Owner& owner);
    void notice(const std::string& line);

    Library& m_library;
    ingest::Gate& m_gate;
    const IndexEvents& m_events;
    config::IndexSettings m_settings;
    store::Depth m_depth = store::Depth::TextAndVectors;
    std::vector<std::int64_t> m_mine;  ///< queue entries of this call that are not done yet
    std::set<std::string> m_queued;    ///< paths queued by this call
    struct Owed {
        store::QueueEntry entry;
        ingest::Summary summary;
    };
    std::vector<Owed> m_owed;  ///< entries whose text is done, their vectors not yet
    std::unique_ptr<store::LibraryStore> m_guest;
    IndexReport m_report;
    std::string m_problem;  ///< of the embedding model, the last one
    bool m_waitingShown = false;
};

/// Renames a damaged database (and its -wal, -shm) to <name>.damaged-<n>; returns the new name.
Result<std::string> setAside(const std::filesystem::path& file);

/// A summary as the queue stores it, and the sum of two.
std::string toJson(const ingest::Summary& summary);
Result<ingest::Summary> summaryFromJson(const std::string& text);
ingest::Summary plus(const ingest::Summary& a, const ingest::Summary& b);

}  // namespace commonplace::library
