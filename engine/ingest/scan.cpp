#include "engine/ingest/scan.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <set>

#include "engine/base/file.h"
#include "engine/extract/extractor.h"

namespace commonplace::ingest {
namespace {

using document::Format;
using document::Status;

bool matches(const std::string& pattern, const std::string& name) {
    if (!pattern.empty() && pattern.back() == '*')
        return name.compare(0, pattern.size() - 1, pattern, 0, pattern.size() - 1) == 0;
    return pattern == name;
}

bool isIgnored(const Rules& rules, const std::string& folder) {
    return std::any_of(rules.ignoredFolders.begin(), rules.ignoredFolders.end(),
                       [&](const std::string& pattern) { return matches(pattern, folder); });
}

store::FileFacts factsOf(std::string path, const struct stat& info) {
    const auto mtime = static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec;
    return {std::move(path), static_cast<std::uint64_t>(info.st_size), mtime};
}

std::string unsupportedReason(const std::filesystem::path& path) {
    const std::string extension = base::displayPath(path.extension());
    return extension.empty() ? "files without an extension are not read"
                             : "the format " + extension + " is not read";
}

/// Decides what is to become of one directory entry that is no folder.
FoundFile judge(const std::string& path, const struct stat& info, bool hidden, const Rules& rules) {
    FoundFile found{factsOf(path, info), extract::formatOf(path), Status::Pending, {}};
    const auto skip = [&](Status status, std::string reason) {
        found.skip = status;
        found.reason = std::move(reason);
    };
    if (rules.excludedFiles.contains(path))
        skip(Status::Unsupported, kExcludedReason);
    else if (!S_ISREG(info.st_mode))
        skip(Status::Unsupported, "not a regular file (pipe, socket or device)");
    else if (found.format == Format::Unknown)
        skip(Status::Unsupported, unsupportedReason(path));
    else if (hidden)
        skip(Status::Unsupported, "hidden files are not read");
    else if (found.facts.bytes > rules.maxFileBytes)
        skip(Status::TooBig,
             "larger than the limit of " + std::to_string(rules.maxFileBytes >> 20) + " MiB for a file");
    return found;
}

struct DirCloser {
    void operator()(DIR* dir) const { ::closedir(dir); }
};

class Walker {
  public:
    Walker(const std::string& root, const Rules& rules, std::stop_token stop)
        : m_root(root), m_rules(rules), m_stop(std::move(stop)) {}

    Result<void> walk(const std::string& folder, bool hidden) {
        if (m_stop.stop_requested()) return Error(ErrorCode::Cancelled, "the scan was stopped");
        const std::unique_ptr<DIR, DirCloser> dir(::opendir(folder.c_str()));
        if (!dir) return unreadable(folder, errno);
        std::vector<std::string> names;
        errno = 0;
        while (const dirent* entry = ::readdir(dir.get())) names.emplace_back(entry->d_name);
        if (errno != 0) return unreadable(folder, errno);
        std::erase_if(names, [](const std::string& name) { return name == "." || name == ".."; });
        if (names.empty() && folder == m_root) m_result.isEmpty = true;
        std::sort(names.begin(), names.end());
        const std::string prefix = folder.back() == '/' ? folder : folder + "/";
        for (const std::string& name : names) TRY_VOID(visit(prefix + name, name, hidden));
        return {};
    }

    /// One entry: recurses into folders, records files. An entry that vanished meanwhile is not an error.
    Result<void> visit(const std::string& path, const std::string& name, bool hiddenFolder) {
        const bool hidden = hiddenFolder || name.front() == '.';
        struct stat info {};
        if (::lstat(path.c_str(), &info) != 0)
            return errno == ENOENT ? Result<void>{} : unreadable(path, errno);
        if (S_ISDIR(info.st_mode)) return isIgnored(m_rules, name) ? Result<void>{} : walk(path, hidden);
        if (S_ISLNK(info.st_mode) && ::stat(path.c_str(), &info) != 0)
            return skip(path, "a link that leads nowhere");
        if (S_ISDIR(info.st_mode))
            return skip(path, "links to folders are not followed; add the folder itself");
        m_result.files.push_back(judge(path, info, hidden, m_rules));
        return {};
    }

    Result<void> skip(const std::string& path, std::string reason) {
        m_result.files.push_back({{path, 0, 0}, Format::Unknown, Status::Unsupported, std::move(reason)});
        return {};
    }

    Result<void> unreadable(const std::string& path, int why) {
        if (m_seenUnreadable.insert(path).second) {
            m_result.unreadableFolders.push_back(path);
            m_result.files.push_back({{path, 0, 0},
                                      Format::Unknown,
                                      Status::Unreadable,
                                      base::systemError(why, "cannot be looked into").message()});
        }
        return {};
    }

    ScanResult take() {
        std::sort(m_result.files.begin(), m_result.files.end(),
                  [](const FoundFile& a, const FoundFile& b) { return a.facts.path < b.facts.path; });
        return std::move(m_result);
    }

  private:
    const std::string& m_root;
    const Rules& m_rules;
    std::stop_token m_stop;
    ScanResult m_result;
    std::set<std::string> m_seenUnreadable;
};

}  // namespace

Result<ScanResult> scan(const std::filesystem::path& root, const Rules& rules, std::stop_token stop) {
    const std::string path = root.native();
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0)
        return base::systemError(errno, "cannot look at " + base::displayPath(root));
    Walker walker(path, rules, std::move(stop));
    if (!S_ISDIR(info.st_mode)) {
        ScanResult one;
        one.files.push_back(judge(path, info, false, rules));
        return one;
    }
    if (::access(path.c_str(), R_OK | X_OK) != 0)
        return base::systemError(errno, "cannot list the folder " + base::displayPath(root));
    TRY_VOID(walker.walk(path, false));
    return walker.take();
}

}  // namespace commonplace::ingest
