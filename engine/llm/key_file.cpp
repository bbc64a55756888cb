#include "engine/llm/key_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "engine/base/file.h"
#include "engine/llm/json_read.h"
#include "engine/net/http.h"

namespace commonplace::llm {
namespace {

constexpr std::size_t kMostBytes = 256u << 10;
constexpr const char* kForm = R"(; it must look like {"https://api.example.com": "key"})";

Error refused(const std::filesystem::path& file, const std::string& why) {
    return {ErrorCode::Refused, "the keys in " + base::displayPath(file) + " are not used: " + why};
}

// Of the open file, not of its name: nobody can put another one there in between.
Result<void> checkOwner(int fd, const std::filesystem::path& file) {
    struct stat info {};
    if (::fstat(fd, &info) != 0) return base::systemError(errno, "cannot read " + base::displayPath(file));
    if (!S_ISREG(info.st_mode)) return refused(file, "it is no regular file");
    if (info.st_uid != ::geteuid()) return refused(file, "it belongs to another user");
    if ((info.st_mode & 077) != 0)
        return refused(file, "other users may read or write it; run chmod 600 on it");
    return {};
}

Result<std::string> contentOf(int fd, const std::filesystem::path& file) {
    std::string bytes(kMostBytes + 1, '\0');
    std::size_t size = 0;
    while (size < bytes.size()) {
        const ssize_t got = ::read(fd, bytes.data() + size, bytes.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return base::systemError(errno, "cannot read " + base::displayPath(file));
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    if (size > kMostBytes) return refused(file, "it is too long");
    bytes.resize(size);
    return bytes;
}

}  // namespace

Result<KeyFile> KeyFile::read(const std::filesystem::path& file) {
    const base::UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!fd && errno == ENOENT) return KeyFile();
    if (!fd && errno == ELOOP) return refused(file, "it is a link and no regular file");
    if (!fd) return base::systemError(errno, "cannot read " + base::displayPath(file));
    TRY_VOID(checkOwner(fd.get(), file));
    TRY(const std::string text, contentOf(fd.get(), file));
    const JsonText json(text);
    const auto root = json.root();
    if (!root || !root->isObject())
        return Error(ErrorCode::Corrupt, base::displayPath(file) + " is no JSON object" + kForm);
    KeyFile keys;
    for (const auto& [url, key] : root->members()) {
        const auto origin = net::originOf(url);
        if (!origin)
            return Error(ErrorCode::Corrupt, base::displayPath(file) + ": " + origin.error().message());
        if (key.text().empty())
            return Error(ErrorCode::Corrupt,
                         base::displayPath(file) + ": the key of " + *origin + " is no text" + kForm);
        keys.m_keys[*origin] = key.text();
    }
    return keys;
}

std::optional<std::string> KeyFile::keyFor(std::string_view baseUrl) const {
    const auto origin = net::originOf(baseUrl);
    if (!origin) return std::nullopt;
    const auto found = m_keys.find(*origin);
    return found == m_keys.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace commonplace::llm
