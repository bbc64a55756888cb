// LibraryStore: library.db, what a person would miss: watched roots, the queue of paths to index, settings of
// the library; conversations (conversations.h) and traces (traces.h). (Notes, marks and prompts join it with
// the work that needs them; each is a migration.)
//
// synchronous = FULL, backed up before each migration. Short writes from any process; never a row id of
// index.db in it. Thread: one at a time; open one per thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/store/database.h"

namespace commonplace::store {

/// A folder or file the person has added. Offline is a matter of the moment, not of this table.
struct Root {
    std::string path;  ///< absolute, native bytes
    std::string addedAt;
    std::string identity = {};  ///< which folder it was when files of it were indexed; opaque; '': not known
};

/// How far a request goes: findable by words only, or by meaning too.
enum class Depth { Text, TextAndVectors };
/// Are files that failed, and have not changed, read again?
enum class Retry { No, Failures };

enum class QueueState { Waiting, Running, Done, Failed };
/// A request to index a path; written by any process, worked off by the owner.
struct QueueEntry {
    std::int64_t id = 0;
    std::string path;
    QueueState state = QueueState::Waiting;
    Depth depth = Depth::TextAndVectors;
    std::string summary;  ///< JSON of the run that did it, once Done (ingest's Summary); one line of error
                          ///< when Failed
    Retry retry = Retry::No;
    std::string queuedBy;  ///< which open LibraryStore wrote it: the entries of one call have the same
};

/// What enqueue() writes down.
struct QueueRequest {
    std::string path;
    Depth depth = Depth::TextAndVectors;
    Retry retry = Retry::No;
};

/// How an entry ended.
struct QueueEnd {
    std::int64_t id = 0;
    QueueState state = QueueState::Done;
    std::string summary;  ///< as QueueEntry::summary
};

class LibraryStore final {
  public:
    static Result<std::unique_ptr<LibraryStore>> open(const std::filesystem::path& file, Access access,
                                                      std::chrono::milliseconds patience = kBusyPatience);
    ~LibraryStore();

    Database& database();

    Result<std::vector<Root>> roots();
    Result<void> addRoot(const std::string& path);
    Result<void> removeRoot(const std::string& path);
    /// Of a path that is no root: nothing happens.
    Result<void> setRootIdentity(const std::string& path, const std::string& identity);

    Result<std::int64_t> enqueue(const QueueRequest& request);
    Result<std::optional<QueueEntry>> queueEntry(std::int64_t id);
    /// All Waiting entries become Running (by the owner) and come back in order. Entries left Running by an
    /// owner that died count as Waiting.
    Result<std::vector<QueueEntry>> takeQueue();
    /// How many entries wait or run.
    Result<std::int64_t> waitingCount();
    /// Does one wait that nobody has taken, and whose text is not done?
    Result<bool> hasWaiting();
    /// The texts of all that wait or run are to be done anew: the index that held them is gone.
    Result<void> forgetTexts();
    /// All in one transaction; back to Waiting is possible, too. NotFound, and nothing is written, when one
    /// of them is not in the queue.
    Result<void> finish(const std::vector<QueueEnd>& ends);

    Result<std::optional<std::string>> setting(const std::string& key);
    Result<void> setSetting(const std::string& key, const std::string& value);
    Result<void> removeSetting(const std::string& key);
    /// Those that begin with `prefix`, in the order of their bytes.
    Result<std::vector<std::string>> settingKeys(const std::string& prefix);

    Result<std::vector<std::string>> check();

  private:
    struct State;
    explicit LibraryStore(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace commonplace::store
