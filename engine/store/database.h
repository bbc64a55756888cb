// Database: one SQLite connection with this product's pragmas, migrations and error mapping.
//
// Two kinds of opener, because Debian's SQLite 3.40.1 must not be checkpointed by two connections at the same
// moment (sqlite.org/wal.html, "WAL reset"): exactly one connection per database in the whole system is the
// *Checkpointer* (the writer of the process that holds the owner lock); every other one is a *Guest*, with
// wal_autocheckpoint = 0 and SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE. All connections: WAL, foreign_keys,
// cell_size_check, DEFENSIVE, no extensions, busy_timeout 10 s, no mmap; trusted_schema = OFF unless the
// schema needs it (Schema::FullTextInTriggers).
//
// Thread: a Database and everything made from it belongs to one thread at a time; open one per thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace commonplace::store {

/// How long an opening and each statement wait for another connection, unless somebody is in a hurry.
constexpr std::chrono::milliseconds kBusyPatience = std::chrono::seconds(10);

enum class Access { Checkpointer, Guest };
/// FULL survives a power cut to the last commit (library.db); NORMAL may fall back to an earlier one
/// (index.db).
enum class Durability { Full, Normal };

/// SQLite 3.40 lets a trigger write to FTS5 only with trusted_schema = ON.
enum class Schema { Plain, FullTextInTriggers };

/// Bytes of deleted rows: until their room is used again, or overwritten at once (PRAGMA secure_delete).
enum class Deleted { MayStay, Overwritten };

/// One step of the schema: runs in its own transaction and sets user_version to its number (its position,
/// from 1).
struct Migration {
    const char* name;
    const char* sql;
};

struct DatabaseSpec {
    std::filesystem::path file;
    Access access = Access::Guest;
    Durability durability = Durability::Normal;
    std::int32_t applicationId =
        0;  ///< PRAGMA application_id; another program's file is refused (Unsupported)
    std::vector<Migration> migrations;
    /// Writes file.bak-<old version> with the online backup API first. Those of older versions are removed
    /// when a Checkpointer finds them older than kBackupDays and the file itself sound.
    bool backupBeforeMigration = false;
    Schema schema = Schema::Plain;
    Deleted deleted = Deleted::MayStay;
    const char* beforeCommit = nullptr;  ///< SQL that ends every outermost write transaction
    std::int32_t pageBytes = 4096;       ///< of a new file
    std::int32_t cacheMiB = 8;           ///< of a Checkpointer; a Guest takes a quarter
    std::chrono::milliseconds patience = kBusyPatience;
    std::string remedy;  ///< what to do when it is damaged; ends the error message
};

class Database final {
  public:
    /// Creates or migrates the file when needed. Newer: written by a later version. Corrupt: not a database
    /// or damaged. NoSpace, Io, Busy as they come.
    static Result<std::unique_ptr<Database>> open(const DatabaseSpec& spec);
    ~Database();

    /// Runs `work` in one immediate transaction; commits when it returns success, rolls back otherwise. Calls
    /// nest: an inner one is a savepoint, rolled back alone; only the outermost commits.
    Result<void> transact(const std::function<Result<void>()>& work);
    /// Changes whenever another connection has committed (PRAGMA data_version).
    Result<std::int64_t> dataVersion();
    /// Has this connection changed any row since it was opened?
    bool hasWritten() const;
    /// Problems in words, one per line; empty when sound: integrity_check and foreign_key_check.
    Result<std::vector<std::string>> check();
    /// Copies the WAL into the file, as far as no reader still needs it. Only for a Checkpointer
    /// (InvalidArgument otherwise); happens by itself too, whenever the WAL has grown to some megabytes and
    /// when it closes.
    Result<void> checkpoint();

    /// What is deleted from now on through this connection is overwritten in the file (PRAGMA secure_delete);
    /// otherwise the bytes stay until their room is used again. Costs writing.
    Result<void> overwriteDeleted();
    /// Copies the whole WAL into the file and empties it; quietly leaves it when readers still need it after
    /// `patience`. InvalidArgument as checkpoint().
    Result<void> emptyWal(std::chrono::milliseconds patience = std::chrono::seconds(10));

    /// For the tables of this room only: the wrapped SQLiteCpp connection and its statement cache.
    struct Handle;
    Handle& handle() { return *m_handle; }

  private:
    explicit Database(std::unique_ptr<Handle> handle);
    Result<void> checkpointBy(const char* mode, std::chrono::milliseconds patience);
    std::unique_ptr<Handle> m_handle;
};

}  // namespace commonplace::store
