#include "engine/net/part_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <utility>
#include <vector>

#include "engine/base/text.h"
#include "engine/net/url.h"

namespace commonplace::net {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBlock = 1u << 20;
constexpr std::size_t kMostNote = 8192;
constexpr std::uint64_t kReserve = 32ull << 20;  // a disk that is full to the last byte serves nobody

std::string gigabytes(std::uint64_t bytes) {
    char text[32];
    std::snprintf(text, sizeof text, bytes < 1'000'000'000 ? "%.1f MB" : "%.2f GB",
                  static_cast<double>(bytes) / (bytes < 1'000'000'000 ? 1e6 : 1e9));
    return text;
}

Error cannot(const char* what, const fs::path& path) {
    const int problem = errno;
    if (problem == EFBIG)
        return {ErrorCode::NoSpace, "the disk takes no file as large as " + base::displayPath(path) +
                                        "; make room and try again"};
    const Error error =
        base::systemError(problem, std::string("cannot ") + what + " " + base::displayPath(path));
    if (error.code() != ErrorCode::NoSpace) return error;
    return {ErrorCode::NoSpace, error.message() + "; make room and try again"};
}

std::string noteText(const Origin& origin) {
    return origin.url + "\n" + origin.validator + "\n" + (origin.total ? std::to_string(*origin.total) : "") +
           "\n";
}

std::string takeLine(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

}  // namespace

fs::path partOf(const fs::path& file) {
    return fs::path(file).concat(".part");
}
fs::path noteOf(const fs::path& file) {
    return fs::path(file).concat(".part.txt");
}

Origin readNote(const fs::path& note) {
    const auto text = base::readFile(note, kMostNote);
    if (!text) return {};
    std::string_view rest = *text;
    Origin origin;
    origin.url = takeLine(rest);
    origin.validator = takeLine(rest);
    const std::string total = takeLine(rest);
    std::uint64_t number = 0;
    const auto read = std::from_chars(total.data(), total.data() + total.size(), number);
    if (!total.empty() && read.ec == std::errc() && read.ptr == total.data() + total.size())
        origin.total = number;
    return origin;
}

Result<PartFile> PartFile::open(const fs::path& file, const std::string& url, const std::stop_token& stop) {
    const fs::path path = partOf(file);
    base::UniqueFd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0644));
    if (!fd) return cannot("write", path);
    struct stat info {};
    if (::fstat(fd.get(), &info) != 0 || !S_ISREG(info.st_mode))
        return Error(ErrorCode::Io, base::displayPath(path) + " is no file; remove it");
    if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0)
        return Error(ErrorCode::Busy, base::displayPath(file) + " is being downloaded already");
    struct stat named {};
    if (::stat(path.c_str(), &named) != 0 ||
        named.st_ino != info.st_ino)  // renamed by whoever held it until now
        return Error(ErrorCode::Busy, base::displayPath(file) + " was just downloaded by somebody else");
    PartFile part(file, std::move(fd));
    TRY_VOID(part.takeUp(url, stop));
    return part;
}

Result<void> PartFile::takeUp(const std::string& url, const std::stop_token& stop) {
    struct stat info {};
    if (::fstat(m_fd.get(), &info) != 0) return cannot("read", partOf(m_file));
    const auto size = static_cast<std::uint64_t>(info.st_size);
    Origin origin = readNote(noteOf(m_file));
    const bool isOurs =
        origin.url == url && !origin.validator.empty() && (!origin.total || size <= *origin.total);
    const bool isOfAnother =
        origin.url != url && !origin.url.empty() && !origin.validator.empty() && size > 0;
    if (isOfAnother) return inTheWay(origin);
    if (!isOurs) return beginAnew({url, {}, {}});
    m_origin = std::move(origin);
    return readForHash(size, stop);
}

/// Two addresses whose files are called alike: neither may cost the other what has come of it.
Error PartFile::inTheWay(const Origin& other) const {
    const auto address = Url::parse(other.url);
    return {ErrorCode::Busy, "a download of another " + base::displayPath(m_file.filename()) + ", from " +
                                 (address ? address->host() : "another address") +
                                 ", is unfinished; finish or discard that one first, or remove " +
                                 base::displayPath(partOf(m_file))};
}

Result<void> PartFile::readForHash(std::uint64_t size, const std::stop_token& stop) {
    std::vector<char> block(kBlock);
    while (m_size < size) {
        if (stop.stop_requested())
            return Error(ErrorCode::Cancelled, "stopped while reading what was downloaded");
        const ssize_t got = ::read(m_fd.get(), block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return cannot("read", partOf(m_file));
        m_hash.update(std::string_view(block.data(), static_cast<std::size_t>(got)));
        m_size += static_cast<std::uint64_t>(got);
    }
    return {};
}

Result<void> PartFile::beginAnew(Origin origin) {
    if (::ftruncate(m_fd.get(), 0) != 0 || ::lseek(m_fd.get(), 0, SEEK_SET) != 0)
        return cannot("write", partOf(m_file));
    m_size = 0;
    m_hash = base::Sha256();
    m_origin = std::move(origin);
    if (m_origin.validator.empty()) return {};
    return base::writeFileAtomically(noteOf(m_file), noteText(m_origin));
}

Result<void> PartFile::checkSpace() const {
    struct statvfs disk {};
    if (!m_origin.total || ::fstatvfs(m_fd.get(), &disk) != 0) return {};
    const std::uint64_t free = static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize;
    const std::uint64_t missing = *m_origin.total - std::min(m_size, *m_origin.total);
    if (missing == 0 || missing + kReserve <= free) return {};
    return Error(ErrorCode::NoSpace,
                 "the file needs " + gigabytes(missing) + " more, but only " + gigabytes(free) +
                     " are free in " + base::displayPath(m_file.parent_path()) + "; make room and try again");
}

Result<void> PartFile::learnTotal(std::uint64_t total) {
    m_origin.total = total;
    return base::writeFileAtomically(noteOf(m_file), noteText(m_origin));
}

Result<void> PartFile::append(std::string_view bytes) {
    m_hash.update(bytes);
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_fd.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return cannot("write", partOf(m_file));
        bytes.remove_prefix(static_cast<std::size_t>(written));
        m_size += static_cast<std::uint64_t>(written);
    }
    return {};
}

Result<void> PartFile::finish() {
    if (::fsync(m_fd.get()) != 0) return cannot("sync", partOf(m_file));
    // Unlike rename(2) this never replaces a file that came meanwhile.
    if (::renameat2(AT_FDCWD, partOf(m_file).c_str(), AT_FDCWD, m_file.c_str(), RENAME_NOREPLACE) != 0) {
        if (errno == EEXIST)
            return Error(ErrorCode::InvalidArgument, base::displayPath(m_file) + " exists already");
        if (errno != EINVAL) return cannot("rename to", m_file);
        if (::rename(partOf(m_file).c_str(), m_file.c_str()) != 0) return cannot("rename to", m_file);
    }
    const base::UniqueFd folder(::open(m_file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder) (void)::fsync(folder.get());
    ::unlink(noteOf(m_file).c_str());
    return {};
}

void PartFile::discard() {
    ::unlink(partOf(m_file).c_str());
    ::unlink(noteOf(m_file).c_str());
}

void PartFile::leave() {
    if (!canGoOn()) discard();
}

}  // namespace commonplace::net
