#include "engine/base/file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <system_error>
#include <thread>

#include "engine/base/text.h"

namespace commonplace::base {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kReadBlock = 1u << 16;

std::string quoted(const fs::path& path) {
    return std::string("\"").append(displayPath(path)).append("\"");
}

/// write(2) until everything is out; a signal or a short write is no failure.
Result<void> writeAll(int fd, std::string_view bytes, const fs::path& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return systemError(errno, "cannot write " + quoted(path));
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> syncFolder(const fs::path& folder) {
    const UniqueFd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd) return systemError(errno, "cannot open the folder " + quoted(folder));
    // Some file systems (network, FUSE) cannot sync a folder and say EINVAL; the rename is done all the same.
    if (::fsync(fd.get()) != 0 && errno != EINVAL) return systemError(errno, "cannot sync " + quoted(folder));
    return {};
}

Result<void> writeAndSync(int fd, std::string_view bytes, const fs::path& path) {
    TRY_VOID(writeAll(fd, bytes, path));
    if (::fsync(fd) != 0) return systemError(errno, "cannot sync " + quoted(path));
    return {};
}

/// The mode of the file that is replaced; for a new one only the owner may read it.
mode_t modeFor(const fs::path& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 ? info.st_mode & 07777 : 0600;
}

Result<void> moveInto(const std::string& temporary, const fs::path& path) {
    if (::rename(temporary.c_str(), path.c_str()) != 0)
        return systemError(errno, "cannot replace " + quoted(path));
    const fs::path folder = path.parent_path();
    return syncFolder(folder.empty() ? fs::path(".") : folder);
}

Error tooLong(const fs::path& path, std::uint64_t maxBytes) {
    return {ErrorCode::Limit, quoted(path) + " is longer than " + std::to_string(maxBytes) + " bytes"};
}

/// Tries three times: somebody who only asks for the holder has the lock, too, for a moment. Returns an errno
/// or 0.
int lockSoon(int fd) {
    for (int tries = 0; tries < 3; ++tries) {
        if (::flock(fd, LOCK_EX | LOCK_NB) == 0) return 0;
        if (errno != EWOULDBLOCK) return errno;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return EWOULDBLOCK;
}

}  // namespace

void UniqueFd::reset(int fd) {
    if (m_fd >= 0) ::close(m_fd);
    m_fd = fd;
}

Error systemError(int errorNumber, const std::string& what) {
    const std::string message = what + ": " + std::generic_category().message(errorNumber);
    switch (errorNumber) {
        case ENOSPC:
        case EDQUOT:
            return {ErrorCode::NoSpace, message};
        case ENOENT:
            return {ErrorCode::NotFound, message};
        default:
            return {ErrorCode::Io, message};
    }
}

std::string displayPath(const fs::path& path) {
    return repairUtf8(path.native());
}

Result<std::string> readFile(const fs::path& path, std::uint64_t maxBytes) {
    // O_NONBLOCK: opening a FIFO must not wait for a writer that never comes.
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!fd) return systemError(errno, "cannot open " + quoted(path));
    struct stat info {};
    if (::fstat(fd.get(), &info) != 0) return systemError(errno, "cannot read " + quoted(path));
    if (S_ISDIR(info.st_mode)) return Error(ErrorCode::Io, quoted(path) + " is a folder, not a file");
    if (info.st_size > 0 && static_cast<std::uint64_t>(info.st_size) > maxBytes)
        return tooLong(path, maxBytes);
    std::string bytes;
    bytes.reserve(static_cast<std::size_t>(info.st_size) + 1);
    while (true) {
        const std::size_t have = bytes.size();
        bytes.resize(have + kReadBlock);
        const ssize_t got = ::read(fd.get(), bytes.data() + have, kReadBlock);
        const int problem = errno;
        bytes.resize(have + static_cast<std::size_t>(got > 0 ? got : 0));
        if (got == 0) return bytes;
        if (got < 0 && problem != EINTR) return systemError(problem, "cannot read " + quoted(path));
        if (bytes.size() > maxBytes) return tooLong(path, maxBytes);
    }
}

Result<void> writeFileAtomically(const fs::path& path, std::string_view bytes) {
    std::string temporary = path.native() + ".XXXXXX";
    UniqueFd fd(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!fd) return systemError(errno, "cannot create a file beside " + quoted(path));
    Result<void> done = writeAndSync(fd.get(), bytes, path);
    if (done && ::fchmod(fd.get(), modeFor(path)) != 0)
        done = systemError(errno, "cannot set the mode of " + quoted(path));
    fd.reset();
    if (done) done = moveInto(temporary, path);
    if (!done) ::unlink(temporary.c_str());  // after a successful rename there is nothing under that name
    return done;
}

Result<FileLock> FileLock::tryAcquire(const fs::path& path) {
    UniqueFd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!fd) return systemError(errno, "cannot open the lock file " + quoted(path));
    if (const int problem = lockSoon(fd.get()); problem == EWOULDBLOCK) {
        return Error(ErrorCode::Busy, quoted(path) + " is locked by process " + std::to_string(holder(path)));
    } else if (problem != 0) {
        return systemError(problem, "cannot lock " + quoted(path));
    }
    if (::ftruncate(fd.get(), 0) != 0)
        return systemError(errno, "cannot write the lock file " + quoted(path));
    TRY_VOID(writeAll(fd.get(), std::to_string(::getpid()), path));
    return FileLock(std::move(fd));
}

int FileLock::holder(const fs::path& path) {
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd || ::flock(fd.get(), LOCK_SH | LOCK_NB) == 0) return 0;
    char text[16] = {};
    const ssize_t length = ::pread(fd.get(), text, sizeof text, 0);
    int process = 0;
    if (length > 0) std::from_chars(text, text + length, process);
    return process;
}

Result<std::string> absolutePath(const std::filesystem::path& path) {
    std::error_code failed;
    std::filesystem::path absolute = std::filesystem::absolute(path, failed);
    if (failed) return systemError(failed.value(), "cannot tell where " + displayPath(path) + " is");
    absolute = absolute.lexically_normal();
    if (!absolute.has_filename() && absolute.has_parent_path() && absolute != absolute.root_path())
        absolute = absolute.parent_path();
    return absolute.native();
}

bool isAtOrBelow(const std::string& path, const std::string& folder) {
    if (path == folder) return true;
    return path.size() > folder.size() && path.compare(0, folder.size(), folder) == 0 &&
           (folder.back() == '/' || path[folder.size()] == '/');
}

}  // namespace commonplace::base
