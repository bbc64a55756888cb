// QueueWork: what the process that holds the owner lock does: the texts of all queued paths first, so that
// everything is findable by words as early as possible, then the vectors of all. Internal.
#pragma once

#include <cstdint>
#include <map>
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
class QueueWork final {
  public:
    /// All must outlive it.
    struct Parts {
        Owner& owner;
        SpaceModels& models;
        ingest::Gate& gate;
        const IndexEvents& events;
        const config::IndexSettings& settings;
    };
    explicit QueueWork(Parts parts) : m_parts(parts) {}

    /// Marks what belongs to roots that are not there as offline; returns those roots.
    Result<std::vector<ingest::Ingester::OfflineRoot>> markOffline();
    /// Until nothing waits. Depth::Text leaves the vectors that other runs wait for to the next one, with
    /// what was done for them so far. Cancelled and errors leave in the queue what is not done.
    Result<void> workOff(store::Depth depth, const std::stop_token& stop);
    /// The vectors that the index lacks, whoever wants them; early when text waits.
    Result<void> fillVectors(const std::stop_token& stop);

    /// All that was embedded, and how much of it for no run of the queue.
    const ingest::Summary& made() const { return m_made; }
    std::int64_t unclaimed() const { return m_unclaimed; }
    /// Why the embedding model failed, the last time; empty: it did not.
    const std::string& problem() const { return m_problem; }

  private:
    /// What the texts of one turn share.
    struct Texts {
        WatchedPaths watched;
        QueueEnds ends;
        std::set<std::string> retried;  ///< paths of which anybody wants the failures read again
        std::map<std::string, ingest::Summary> done;
    };
    struct Owed {
        store::QueueEntry entry;
        ingest::Summary summary;
    };
    Result<void> workTexts(const std::vector<store::QueueEntry>& entries, const std::stop_token& stop);
    Result<void> workEach(const std::vector<store::QueueEntry>& entries, Texts& texts,
                          const std::stop_token& stop);
    Result<ingest::Summary> textOf(const store::QueueEntry& entry, Texts& texts, const std::stop_token& stop);
    Result<ingest::Summary> indexText(const store::QueueEntry& entry, Texts& texts,
                                      const std::stop_token& stop);
    Result<void> workVectors(const std::stop_token& stop);
    /// Each run hears of the vectors of its own documents, whoever made them.
    Result<void> shareOut(const ingest::Embedded& embedded);
    Result<void> finishOwed(store::QueueState state);
    Result<ingest::Embedded> embed(const std::stop_token& stop);
    ingest::Ingester ingester();

    Parts m_parts;
    std::vector<Owed> m_owed;  ///< entries whose text is done, their vectors not yet
    ingest::Summary m_made;
    std::int64_t m_unclaimed = 0;
    std::string m_problem;
};

}  // namespace commonplace::library
