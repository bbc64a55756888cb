// Files: reading with a bound, atomic writing, an OS lock that ends with its process.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "engine/base/result.h"

namespace commonplace::base {

/// An owned file descriptor, closed by the destructor.
class UniqueFd final {
  public:
    UniqueFd() = default;
    explicit UniqueFd(int fd) : m_fd(fd) {}
    ~UniqueFd() { reset(); }
    UniqueFd(UniqueFd&& other) noexcept : m_fd(other.release()) {}
    UniqueFd& operator=(UniqueFd&& other) noexcept {
        if (this != &other) reset(other.release());
        return *this;
    }
    int get() const { return m_fd; }
    explicit operator bool() const { return m_fd >= 0; }
    int release() { return std::exchange(m_fd, -1); }
    void reset(int fd = -1);

  private:
    int m_fd = -1;
};

/// The whole file; Limit when it is longer than `maxBytes`, NotFound, Io.
Result<std::string> readFile(const std::filesystem::path& path, std::uint64_t maxBytes = 1ull << 30);
/// Writes beside, syncs, renames over, syncs the folder: after a crash the file is the old or the new one.
Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view bytes);
/// errno as an Error: NoSpace for ENOSPC and EDQUOT, NotFound for ENOENT, else Io. `what` says what failed.
Error systemError(int errorNumber, const std::string& what);
/// The path for people and JSON: valid UTF-8, undecodable bytes as U+FFFD.
std::string displayPath(const std::filesystem::path& path);

/// Absolute, without "." and "..", without a final slash; symlinks stay as the person wrote them. Io when the
/// current folder is gone.
Result<std::string> absolutePath(const std::filesystem::path& path);
/// True for the folder itself and everything below it; both absolute, native bytes.
bool isAtOrBelow(const std::string& path, const std::string& folder);

/// An exclusive lock on a file, held by this open file description (flock): free as soon as the holder is
/// gone, however it went. The file's content is the holder's process id in decimal.
class FileLock final {
  public:
    /// Busy when somebody else (another process, or another FileLock of this one) holds it.
    static Result<FileLock> tryAcquire(const std::filesystem::path& path);
    /// The process id written by the holder, 0 when nobody holds the lock.
    static int holder(const std::filesystem::path& path);
    FileLock(FileLock&&) noexcept = default;
    FileLock& operator=(FileLock&&) noexcept = default;

  private:
    explicit FileLock(UniqueFd fd) : m_fd(std::move(fd)) {}
    UniqueFd m_fd;
};

}  // namespace commonplace::base
