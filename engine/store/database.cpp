#include "engine/store/database.h"

#include <sqlite3.h>

#include <cerrno>
#include <chrono>
#include <thread>

#include "engine/store/errors.h"
#include "engine/store/migrations.h"
#include "engine/store/query.h"

namespace commonplace::store {
namespace {

constexpr auto kCreationPatience = std::chrono::seconds(1);
constexpr auto kOpenPause = std::chrono::milliseconds(20);
constexpr int kWalBytesBeforeCheckpoint = 32 << 20;

void set(Database::Handle& handle, const std::string& pragma) {
    handle.connection.exec("PRAGMA " + pragma);
}

void configureSafety(Database::Handle& handle) {
    sqlite3* raw = handle.connection.getHandle();
    const bool guest = handle.spec.access == Access::Guest;
    const bool trusted = handle.spec.schema == Schema::FullTextInTriggers;
    handle.connection.check(sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr));
    handle.connection.check(sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, trusted ? 1 : 0, nullptr));
    handle.connection.check(sqlite3_db_config(raw, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, guest ? 1 : 0, nullptr));
    set(handle, "cell_size_check = ON");
    set(handle, "foreign_keys = ON");
    set(handle, "mmap_size = 0");
    set(handle, handle.spec.durability == Durability::Full ? "synchronous = FULL" : "synchronous = NORMAL");
}

void configureSpeed(Database::Handle& handle) {
    const DatabaseSpec& spec = handle.spec;
    const bool guest = spec.access == Access::Guest;
    const int pages = guest ? 0 : kWalBytesBeforeCheckpoint / spec.pageBytes;
    set(handle, "wal_autocheckpoint = " + std::to_string(pages));
    set(handle, "journal_size_limit = " + std::to_string(2 * kWalBytesBeforeCheckpoint));
    set(handle, "cache_size = -" + std::to_string((guest ? spec.cacheMiB / 4 : spec.cacheMiB) * 1024));
    set(handle, "temp_store = MEMORY");
    set(handle, spec.deleted == Deleted::Overwritten ? "secure_delete = ON" : "secure_delete = FAST");
}

/// The page size must be set before anything is written, WAL after it is known that the file is ours.
Result<void> enterWal(Database::Handle& handle) {
    set(handle, "page_size = " + std::to_string(handle.spec.pageBytes));
    Query query(handle, "PRAGMA journal_mode = WAL");
    if (query.step() && query.text(0) == "wal") return {};
    return Error(ErrorCode::Io,
                 "the file system under " + handle.fileName +
                     " cannot share memory between processes; move the library to a local disk");
}

Result<void> prepare(Database::Handle& handle) {
    configureSafety(handle);
    TRY_VOID(identify(handle));
    configureSpeed(handle);
    TRY_VOID(enterWal(handle));
    TRY_VOID(migrate(handle));
    if (handle.spec.access == Access::Checkpointer) removeOldBackups(handle);
    return {};
}

Result<std::unique_ptr<Database::Handle>> openOnce(const DatabaseSpec& spec) {
    std::unique_ptr<Database::Handle> handle;
    Place place{spec.file.filename().native(), spec.remedy, nullptr};
    try {
        errno = 0;
        handle = std::make_unique<Database::Handle>(spec);
        place = placeOf(*handle);
        TRY_VOID(prepare(*handle));
        return handle;
    } catch (...) {
        return currentError(place, "opening the library");
    }
}

/// Whether to look again. Busy: switching to WAL and recovering one do not use the busy handler. Io on a file
/// that is there: while another connection makes the database and its WAL, SQLite says "disk I/O error" or
/// "readonly" to those that open it at that moment (seen with 3.40.1, six threads on a new file).
bool isPassing(const Error& error, const DatabaseSpec& spec, std::chrono::steady_clock::duration waited) {
    if (error.code() == ErrorCode::Busy) return waited < spec.patience;
    std::error_code failed;
    return error.code() == ErrorCode::Io && waited < kCreationPatience &&
           std::filesystem::exists(spec.file, failed);
}

}  // namespace

Database::Database(std::unique_ptr<Handle> handle) : m_handle(std::move(handle)) {}
Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(const DatabaseSpec& spec) {
    const auto begin = std::chrono::steady_clock::now();
    for (;;) {
        auto handle = openOnce(spec);
        if (handle) return std::unique_ptr<Database>(new Database(std::move(*handle)));
        if (!isPassing(handle.error(), spec, std::chrono::steady_clock::now() - begin)) return handle.error();
        std::this_thread::sleep_for(kOpenPause);
    }
}

Result<void> Database::transact(const std::function<Result<void>()>& work) {
    return writing(*m_handle, "writing", work);
}

Result<std::int64_t> Database::dataVersion() {
    return guarded(*m_handle, "looking for changes",
                   [&]() -> Result<std::int64_t> { return scalar(*m_handle, "PRAGMA data_version"); });
}

bool Database::hasWritten() const {
    return m_handle->connection.getTotalChanges() > 0;
}

Result<std::vector<std::string>> Database::check() {
    using Problems = Result<std::vector<std::string>>;
    auto problems = guarded(*m_handle, "checking", [&]() -> Problems {
        std::vector<std::string> found;
        Query integrity(*m_handle, "PRAGMA integrity_check");
        while (integrity.step())
            if (integrity.bytes(0) != "ok") found.push_back(m_handle->fileName + ": " + integrity.text(0));
        Query keys(*m_handle, "PRAGMA foreign_key_check");
        while (keys.step())
            found.push_back(m_handle->fileName + ": a row of " + keys.text(0) +
                            " points to a missing row of " + keys.text(2));
        return found;
    });
    if (!problems && problems.error().code() == ErrorCode::Corrupt)
        return std::vector<std::string>{problems.error().message()};
    return problems;
}

Result<void> Database::checkpoint() {
    return checkpointBy("PASSIVE", m_handle->spec.patience);
}

Result<void> Database::emptyWal(std::chrono::milliseconds patience) {
    return checkpointBy("TRUNCATE", patience);
}

Result<void> Database::checkpointBy(const char* mode, std::chrono::milliseconds patience) {
    if (m_handle->spec.access != Access::Checkpointer)
        return Error(ErrorCode::InvalidArgument, "only the owner of a library may checkpoint its databases");
    sqlite3* raw = m_handle->connection.getHandle();
    sqlite3_busy_timeout(raw, static_cast<int>(patience.count()));
    auto done = guarded(*m_handle, "checkpointing", [&]() -> Result<void> {
        set(*m_handle, std::string("wal_checkpoint(") + mode + ")");
        return {};
    });
    sqlite3_busy_timeout(raw, static_cast<int>(m_handle->spec.patience.count()));
    return done;
}

Result<void> Database::overwriteDeleted() {
    return guarded(*m_handle, "preparing to delete", [&]() -> Result<void> {
        set(*m_handle, "secure_delete = ON");
        return {};
    });
}

}  // namespace commonplace::store
