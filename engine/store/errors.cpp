#include "engine/store/errors.h"

#include <sqlite3.h>

#include <cerrno>
#include <new>
#include <stdexcept>

namespace commonplace::store {
namespace {

/// The disk, a quota or a limit on file sizes: for a person it is the same. SQLite names only a full disk;
/// after a failed write for another reason its record of errno is often 0 by now, and a quota is then the
/// likeliest reason.
bool meansNoSpace(int extendedCode, int systemError) {
    if (systemError == ENOSPC || systemError == EDQUOT || systemError == EFBIG) return true;
    const bool growing = extendedCode == SQLITE_IOERR_WRITE || extendedCode == SQLITE_IOERR_SHMSIZE;
    return growing && systemError == 0;
}

ErrorCode codeOf(const SQLite::Exception& exception, int systemError) {
    const int extendedCode = exception.getExtendedErrorCode();
    switch (exception.getErrorCode() & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return ErrorCode::Busy;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return ErrorCode::Corrupt;
        case SQLITE_FULL:
            return ErrorCode::NoSpace;
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
            return meansNoSpace(extendedCode, systemError) ? ErrorCode::NoSpace : ErrorCode::Io;
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_NOLFS:
            return ErrorCode::Io;
        case SQLITE_NOMEM:
        case SQLITE_TOOBIG:
            return ErrorCode::Limit;
        case SQLITE_INTERRUPT:
            return ErrorCode::Cancelled;
        default:
            return ErrorCode::Internal;
    }
}

std::string adviceFor(ErrorCode code, const Place& place) {
    switch (code) {
        case ErrorCode::Busy:
            return "another process is writing to it; try again";
        case ErrorCode::NoSpace:
            return "the disk or quota is full; free some space and try again";
        case ErrorCode::Io:
            return "check that its folder exists, is writable and is on a local disk";
        case ErrorCode::Corrupt:
            return place.remedy;
        default:
            return {};
    }
}

Error describe(ErrorCode code, const std::string& why, const Place& place, const char* step) {
    const std::string advice = adviceFor(code, place);
    return {code,
            std::string(step) + ": " + place.fileName + ": " + why + (advice.empty() ? "" : "; " + advice)};
}

Error fromSqlite(const SQLite::Exception& exception, const Place& place, const char* step) {
    const int systemError = place.connection ? sqlite3_system_errno(place.connection) : errno;
    return describe(codeOf(exception, systemError), exception.what(), place, step);
}

}  // namespace

Place placeOf(const Database::Handle& handle) {
    return {handle.fileName, handle.spec.remedy, handle.connection.getHandle()};
}

Error currentError(const Place& place, const char* step) noexcept {
    try {
        throw;
    } catch (const SQLite::Exception& exception) {
        return fromSqlite(exception, place, step);
    } catch (const TransactionLost&) {
        return describe(ErrorCode::Io, "an earlier error has undone the whole transaction", place, step);
    } catch (const std::bad_alloc&) {
        return describe(ErrorCode::Limit, "out of memory", place, step);
    } catch (const std::exception& exception) {
        return describe(ErrorCode::Internal, exception.what(), place, step);
    } catch (...) {
        return describe(ErrorCode::Internal, "unknown exception", place, step);
    }
}

}  // namespace commonplace::store
