// What an indexing run tells while it works, what it sums up at the end, and how it is paused.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>

namespace commonplace::ingest {

enum class Phase { Text, Vectors };

struct Progress {
    Phase phase = Phase::Text;
    std::int64_t done = 0;   ///< files (Text) or passages (Vectors)
    std::int64_t total = 0;  ///< of the same
    std::int64_t pages = 0;
    std::int64_t problems = 0;        ///< files that failed so far
    double perSecond = 0;             ///< pages (Text) or segments (Vectors) of this phase
    double secondsLeft = 0;           ///< 0 while unknown
    std::uint64_t diskNeedBytes = 0;  ///< bound on what this phase will still write: the bytes left to read
    std::string current;              ///< path for people
};
/// Called on the thread that runs the indexing, at most about ten times a second.
using OnProgress = std::function<void(const Progress&)>;

/// Fixed JSON keys of `index` (PRODUCT). seen = added + changed + moved + unchanged.
struct Summary {
    std::int64_t seen = 0;
    std::int64_t added = 0;
    std::int64_t changed = 0;    ///< known paths with new content
    std::int64_t moved = 0;      ///< known content at a new path, its former path gone
    std::int64_t unchanged = 0;  ///< the same content at the same path, touched or not
    std::int64_t missing = 0;    ///< files that were there last time
    std::int64_t unread =
        0;  ///< new or changed files that are of no use here: unsupported, or without a text layer
    std::int64_t failed = 0;     ///< seen files whose row says a failure
    std::int64_t pages = 0;      ///< pages read in this run
    std::int64_t extracted = 0;  ///< documents whose text was extracted in this run
    std::int64_t embedded = 0;   ///< segments embedded in this run
    double seconds = 0;
    double secondsText = 0;     ///< until everything was findable by words
    double secondsVectors = 0;  ///< until everything had vectors
};

/// Pausing from another thread. Thread: any.
class Gate final {
  public:
    void pause();
    void resume();
    bool paused() const;
    /// Returns at once when open; otherwise when resumed or stopped.
    void pass(const std::stop_token& stop);

  private:
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    bool m_paused = false;  // guarded by m_mutex
};

}  // namespace commonplace::ingest
