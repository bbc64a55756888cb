#include "engine/store/migrations.h"

#include <SQLiteCpp/Backup.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "engine/base/file.h"
#include "engine/store/query.h"

namespace commonplace::store {
namespace {

int versionOf(Database::Handle& handle) {
    return static_cast<int>(scalar(handle, "PRAGMA user_version"));
}

bool isNew(Database::Handle& handle) {
    return scalar(handle, "SELECT count(*) FROM sqlite_schema") == 0;
}

/// The new name survives a power cut only once the folder itself is on the disk.
Result<void> syncFolder(const std::filesystem::path& folder) {
    const base::UniqueFd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd.get() >= 0 && ::fsync(fd.get()) == 0) return {};
    return Error(ErrorCode::Io, "cannot write the folder " + folder.string() +
                                    " to the disk: " + std::generic_category().message(errno));
}

/// A copy under a name of its own, renamed when complete: a crash leaves the old backup or the new one.
/// (SQLite syncs the copy itself before it reports success.)
Result<void> backUp(Database::Handle& handle, int version) {
    std::filesystem::path target = handle.spec.file;
    (target += ".bak-") += std::to_string(version);
    std::filesystem::path partial = target;
    ((partial += ".") += std::to_string(getpid())) += ".part";
    std::error_code failed;
    std::filesystem::remove(partial, failed);
    {
        SQLite::Database copy(partial.native(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        const int copied = SQLite::Backup(copy, handle.connection).executeStep();
        if (copied != SQLITE_DONE)
            return Error(ErrorCode::Busy,
                         "cannot back up " + handle.fileName +
                             " before changing its schema: another process holds it; try again");
        copy.exec("PRAGMA journal_mode = DELETE");  // one file, without a WAL beside it
    }
    std::filesystem::rename(partial, target, failed);
    if (failed)
        return Error(ErrorCode::Io,
                     "cannot write the backup " + target.filename().string() + ": " + failed.message());
    return syncFolder(target.parent_path());
}

/// Is this the name of a backup, or of a half of one, of a version before `version`?
bool isOlderBackup(const std::string& name, const std::string& fileName, int version) {
    const std::string prefix = fileName + ".bak-";
    if (!name.starts_with(prefix)) return false;
    const std::string_view rest = std::string_view(name).substr(prefix.size());
    int number = 0;
    const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    const std::string_view end(read.ptr, static_cast<std::size_t>(rest.data() + rest.size() - read.ptr));
    return read.ec == std::errc() && number < version &&
           (end.empty() || (end.starts_with('.') && end.ends_with(".part")));
}

std::vector<std::filesystem::path> oldBackups(const Database::Handle& handle, int version) {
    const auto limit = std::filesystem::file_time_type::clock::now() - std::chrono::hours(24 * kBackupDays);
    std::vector<std::filesystem::path> found;
    std::error_code failed;
    const std::filesystem::path folder = std::filesystem::absolute(handle.spec.file, failed).parent_path();
    for (std::filesystem::directory_iterator at(folder, failed), end; !failed && at != end;
         at.increment(failed)) {
        if (!isOlderBackup(at->path().filename().native(), handle.fileName, version)) continue;
        std::error_code unknown;
        const auto written = at->last_write_time(unknown);
        if (!unknown && written < limit) found.push_back(at->path());
    }
    return found;
}

/// A database that cannot be checked is none that may lose its backups.
bool isSound(Database::Handle& handle) try {
    Query query(handle, "PRAGMA integrity_check(1)");
    return query.step() && query.bytes(0) == "ok";
} catch (const SQLite::Exception&) {
    return false;
}

void runStep(Database::Handle& handle, int number) {
    SQLite::Transaction transaction(handle.connection, SQLite::TransactionBehavior::IMMEDIATE);
    if (versionOf(handle) >= number) return;  // another process was faster
    handle.connection.exec(handle.spec.migrations[static_cast<std::size_t>(number) - 1].sql);
    handle.connection.exec("PRAGMA application_id = " + std::to_string(handle.spec.applicationId));
    handle.connection.exec("PRAGMA user_version = " + std::to_string(number));
    transaction.commit();
}

}  // namespace

Result<void> identify(Database::Handle& handle) {
    Transaction oneState(handle, Transaction::Kind::Read);  // another process may be creating it right now
    const auto id = scalar(handle, "PRAGMA application_id");
    const std::string& name = handle.fileName;
    // Readable, and somebody else's: never Corrupt, which would have it set aside and made anew.
    if (id != handle.spec.applicationId && !(id == 0 && isNew(handle)))
        return Error(ErrorCode::Unsupported, name +
                                                 " is the database of another program; choose another "
                                                 "library folder, or move that file away");
    const int version = versionOf(handle), known = static_cast<int>(handle.spec.migrations.size());
    if (version > known)
        return Error(ErrorCode::Newer, name + " was written by a newer version of this program (schema " +
                                           std::to_string(version) + ", this one knows " +
                                           std::to_string(known) +
                                           "); install that version to use this library");
    return {};
}

Result<void> migrate(Database::Handle& handle) {
    const int from = versionOf(handle), to = static_cast<int>(handle.spec.migrations.size());
    if (from >= to) return {};
    if (from > 0 && handle.spec.backupBeforeMigration)
        if (auto saved = backUp(handle, from); !saved) return saved;
    for (int number = from + 1; number <= to; ++number) runStep(handle, number);
    return {};
}

void removeOldBackups(Database::Handle& handle) {
    if (!handle.spec.backupBeforeMigration) return;
    const auto backups = oldBackups(handle, versionOf(handle));
    if (backups.empty() || !isSound(handle)) return;
    std::error_code ignored;
    for (const auto& backup : backups) std::filesystem::remove(backup, ignored);
}

}  // namespace commonplace::store
