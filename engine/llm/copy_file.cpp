#include "engine/llm/copy_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "engine/base/file.h"

namespace commonplace::llm {
namespace {

constexpr std::size_t kBlock = 8u << 20;  // a stop is noticed between blocks

Error cannot(const char* what, const std::filesystem::path& file) {
    const int problem = errno;
    if (problem == EFBIG)
        return {ErrorCode::NoSpace, "the disk takes no file as large as " + base::displayPath(file)};
    return base::systemError(problem, std::string("cannot ") + what + " " + base::displayPath(file));
}

Result<void> checkSpace(int fd, std::uint64_t bytes, const std::filesystem::path& to) {
    struct statvfs disk {};
    if (::fstatvfs(fd, &disk) != 0 || bytes <= static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize)
        return {};
    return Error(ErrorCode::NoSpace,
                 "the disk of " + base::displayPath(to.parent_path()) +
                     " is too full for a copy; make room, or keep the file where it is (--link)");
}

Result<void> copyBytes(int from, int to, std::uint64_t total, const std::filesystem::path& file,
                       const std::function<void(const net::DownloadProgress&)>& onProgress,
                       const std::stop_token& stop) {
    for (std::uint64_t done = 0; done < total;) {
        if (stop.stop_requested()) return Error(ErrorCode::Cancelled, "stopped while a model was copied");
        const ssize_t copied = ::copy_file_range(from, nullptr, to, nullptr, kBlock, 0);
        if (copied < 0 && errno == EINTR) continue;
        if (copied < 0) return cannot("write", file);
        if (copied == 0)
            return Error(ErrorCode::Io, "the file became shorter while it was copied; try again");
        done += static_cast<std::uint64_t>(copied);
        if (onProgress) onProgress({done, total});
    }
    if (::fsync(to) != 0) return cannot("sync", file);
    return {};
}

}  // namespace

Result<void> copyFile(const std::filesystem::path& from, const std::filesystem::path& to,
                      const std::function<void(const net::DownloadProgress&)>& onProgress,
                      const std::stop_token& stop) {
    const base::UniqueFd source(::open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat info {};
    if (!source || ::fstat(source.get(), &info) != 0) return cannot("read", from);
    std::string temporary = to.native() + ".XXXXXX";
    base::UniqueFd target(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!target) return cannot("write", to);
    const auto bytes = static_cast<std::uint64_t>(info.st_size);
    auto done = checkSpace(target.get(), bytes, to);
    if (done) done = copyBytes(source.get(), target.get(), bytes, to, onProgress, stop);
    if (done && ::link(temporary.c_str(), to.c_str()) != 0)
        done = errno == EEXIST ? Error(ErrorCode::InvalidArgument, base::displayPath(to) + " exists already")
                               : cannot("write", to);
    ::unlink(temporary.c_str());
    return done;
}

}  // namespace commonplace::llm
