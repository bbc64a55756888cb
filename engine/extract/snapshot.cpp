// takeSnapshot: the bytes of a file as a sealed memfd, hashed while they are copied.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/hash.h"
#include "engine/extract/extractor.h"

namespace commonplace::extract {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBlock = 1u << 20;
constexpr unsigned kNoExec = 0x0008;  // MFD_NOEXEC_SEAL of Linux 6.3; older kernels say EINVAL
constexpr int kSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;

std::string quoted(const fs::path& path) {
    return std::string(1, '"').append(base::displayPath(path)).append(1, '"');
}

Result<base::UniqueFd> openFile(const fs::path& path) {
    // O_NONBLOCK: a FIFO must not make us wait for a writer that never comes.
    base::UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!fd) return base::systemError(errno, "cannot open " + quoted(path));
    return fd;
}

Result<base::UniqueFd> makeMemory() {
    constexpr unsigned kFlags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
    int fd = ::memfd_create("commonplace", kFlags | kNoExec);
    if (fd < 0 && errno == EINVAL) fd = ::memfd_create("commonplace", kFlags);
    if (fd < 0) return base::systemError(errno, "cannot make memory for a file");
    return base::UniqueFd(fd);
}

Result<std::uint64_t> sizeOf(int fd, const fs::path& path, std::uint64_t maxBytes) {
    struct stat info {};
    if (::fstat(fd, &info) != 0) return base::systemError(errno, "cannot read " + quoted(path));
    if (!S_ISREG(info.st_mode)) return Error(ErrorCode::Io, quoted(path) + " is not a regular file");
    const auto size = static_cast<std::uint64_t>(info.st_size);
    if (size > maxBytes)
        return Error(ErrorCode::Limit, quoted(path) + " is larger than the limit of " +
                                           std::to_string(maxBytes) + " bytes for one file");
    return size;
}

Result<void> writeAll(int fd, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0 && (errno == ENOSPC || errno == ENOMEM))
            return Error(ErrorCode::Limit, "not enough memory to hold the file");
        if (written < 0) return base::systemError(errno, "cannot copy a file into memory");
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

/// The next bytes of the file, none at its end.
Result<std::span<const std::byte>> readBlock(int fd, std::vector<std::byte>& block, const fs::path& path) {
    ssize_t got = -1;
    while ((got = ::read(fd, block.data(), block.size())) < 0 && errno == EINTR) {
    }
    if (got < 0) return base::systemError(errno, "cannot read " + quoted(path));
    return std::span<const std::byte>(block.data(), static_cast<std::size_t>(got));
}

/// Copies to the end of the file; nothing when it turns out longer than it said it was.
Result<std::optional<Snapshot>> copy(int fd, const fs::path& path, std::uint64_t expected,
                                     const std::stop_token& stop) {
    TRY(auto memory, makeMemory());
    Snapshot snapshot{std::move(memory), 0, {}};
    base::Sha256 hash;
    std::vector<std::byte> buffer(std::min<std::uint64_t>(expected + 1, kBlock));
    while (true) {
        if (stop.stop_requested()) return Error(ErrorCode::Cancelled, "reading a file was cancelled");
        TRY(const auto bytes, readBlock(fd, buffer, path));
        if (bytes.empty()) break;
        snapshot.bytes += bytes.size();
        if (snapshot.bytes > expected) return std::optional<Snapshot>();
        hash.update(bytes);
        TRY_VOID(writeAll(snapshot.memory.get(), bytes));
    }
    if (::fcntl(snapshot.memory.get(), F_ADD_SEALS, kSeals) != 0)
        return base::systemError(errno, "cannot seal the copy of " + quoted(path));
    snapshot.sha256 = base::toHex(hash.finish());
    return std::optional(std::move(snapshot));
}

}  // namespace

Result<Snapshot> takeSnapshot(const fs::path& path, std::uint64_t maxBytes, std::stop_token stop) {
    constexpr int kTries = 2;
    TRY(const auto fd, openFile(path));
    for (int i = 0; i < kTries; ++i) {
        TRY(const auto size, sizeOf(fd.get(), path, maxBytes));
        if (::lseek(fd.get(), 0, SEEK_SET) < 0)
            return base::systemError(errno, "cannot read " + quoted(path));
        TRY(auto snapshot, copy(fd.get(), path, size, stop));
        if (snapshot) return std::move(*snapshot);
    }
    return Error(ErrorCode::Limit, quoted(path) + " is still growing; it will be read when it is at rest");
}

}  // namespace commonplace::extract
