#include "engine/library/removal.h"

#include <algorithm>
#include <functional>
#include <span>
#include <string_view>

#include "engine/base/file.h"
#include "engine/library/library.h"
#include "engine/library/owner_lock.h"
#include "engine/store/index_store.h"

namespace commonplace::library {
namespace {

constexpr const char* kRemovedKey = "removed_roots";
constexpr const char* kExcludedKey = "excluded_files";
/// Few enough that a stop is answered at once, many enough for one commit.
constexpr std::size_t kPathsPerBatch = 64;

using PathSet = std::set<std::string>;

// One path a line; paths are native bytes and may hold line ends themselves.
std::string escaped(const std::string& path) {
    std::string line;
    for (const char c : path) {
        if (c == '\n')
            line += "%0A";
        else if (c == '%')
            line += "%25";
        else
            line += c;
    }
    return line;
}

std::string unescaped(std::string_view line) {
    std::string path;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const std::string_view code = line.substr(i, 3);
        const bool isCode = code == "%0A" || code == "%25";
        path += isCode ? (code == "%25" ? '%' : '\n') : line[i];
        if (isCode) i += 2;
    }
    return path;
}

std::string toLines(const PathSet& paths) {
    std::string lines;
    for (const std::string& path : paths) lines += escaped(path) + '\n';
    return lines;
}

PathSet fromLines(std::string_view lines) {
    PathSet paths;
    while (!lines.empty()) {
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        if (end > 0) paths.insert(unescaped(lines.substr(0, end)));
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    return paths;
}

Result<PathSet> storedPaths(store::LibraryStore& library, const char* key) {
    TRY(const auto lines, library.setting(key));
    return lines ? fromLines(*lines) : PathSet();
}

Result<void> change(store::LibraryStore& library, const char* key,
                    const std::function<void(PathSet&)>& edit) {
    TRY(PathSet paths, storedPaths(library, key));
    edit(paths);
    return library.setSetting(key, toLines(paths));
}

/// Looked at again under the owner lock: a folder that was added anew meanwhile keeps its documents.
Result<std::int64_t> purgeOne(store::IndexStore& index, const RemovedRoots& removed, const std::string& root,
                              const std::stop_token& stop) {
    TRY(const auto known, index.pathsUnder(root));
    std::vector<std::string> going;
    for (const store::KnownPath& path : known)
        if (removed.hides(path.file.path)) going.push_back(path.file.path);
    for (std::size_t at = 0; at < going.size(); at += kPathsPerBatch) {
        if (stop.stop_requested())
            return Error(ErrorCode::Cancelled, "removing was stopped; it goes on next time");
        const std::size_t count = std::min(kPathsPerBatch, going.size() - at);
        TRY_VOID(index.removePaths(std::span(going).subspan(at, count)));
    }
    return static_cast<std::int64_t>(going.size());
}

}  // namespace

bool RemovedRoots::hides(const std::string& path) const {
    const auto above = [&path](const std::string& root) { return base::isAtOrBelow(path, root); };
    return std::any_of(m_removed.begin(), m_removed.end(), above) &&
           std::none_of(m_kept.begin(), m_kept.end(), above);
}

bool RemovedRoots::hidesAll(const std::vector<std::string>& paths) const {
    return !m_removed.empty() && !paths.empty() &&
           std::all_of(paths.begin(), paths.end(), [this](const std::string& path) { return hides(path); });
}

Result<void> removeRoot(store::LibraryStore& library, const std::string& path) {
    return library.database().transact([&]() -> Result<void> {
        TRY_VOID(library.removeRoot(path));
        return change(library, kRemovedKey, [&](PathSet& paths) { paths.insert(path); });
    });
}

Result<void> restoreRoot(store::LibraryStore& library, const std::string& path) {
    return library.database().transact([&]() -> Result<void> {
        TRY_VOID(library.addRoot(path));
        return change(library, kRemovedKey, [&](PathSet& paths) { paths.erase(path); });
    });
}

Result<RemovedRoots> removedRoots(store::LibraryStore& library) {
    TRY(const PathSet removed, storedPaths(library, kRemovedKey));
    if (removed.empty()) return RemovedRoots();
    TRY(const auto roots, library.roots());
    std::vector<std::string> kept;
    for (const store::Root& root : roots) kept.push_back(root.path);
    return RemovedRoots({removed.begin(), removed.end()}, std::move(kept));
}

Result<std::set<std::string>> excludedFiles(store::LibraryStore& library) {
    return storedPaths(library, kExcludedKey);
}

Result<void> setExclusion(store::LibraryStore& library, const std::string& path, Exclusion exclusion) {
    return library.database().transact([&]() -> Result<void> {
        return change(library, kExcludedKey, [&](PathSet& paths) {
            if (exclusion == Exclusion::Exclude)
                paths.insert(path);
            else
                paths.erase(path);
        });
    });
}

Result<std::int64_t> purgeRemoved(const std::filesystem::path& folder, const std::vector<std::string>& paths,
                                  const std::stop_token& stop) {
    TRY(auto guest, store::LibraryStore::open(libraryFile(folder), store::Access::Guest));
    TRY(const RemovedRoots waiting, removedRoots(*guest));
    if (waiting.empty()) return 0;
    TRY(const auto lock, lockSoon(folder));
    TRY(auto index, store::IndexStore::open(indexFile(folder), store::Access::Checkpointer));
    TRY_VOID(index->database().overwriteDeleted());
    TRY(const RemovedRoots removed, removedRoots(*guest));
    std::int64_t gone = 0;
    for (const std::string& root : removed.paths()) {
        if (!paths.empty() && std::find(paths.begin(), paths.end(), root) == paths.end()) continue;
        TRY(const std::int64_t count, purgeOne(*index, removed, root, stop));
        TRY_VOID(index->mergeDeletedWords(stop));
        gone += count;
        TRY_VOID(guest->database().transact([&]() -> Result<void> {
            return change(*guest, kRemovedKey, [&](PathSet& left) { left.erase(root); });
        }));
    }
    TRY_VOID(index->database().emptyWal());
    TRY(auto owner, store::LibraryStore::open(libraryFile(folder), store::Access::Checkpointer));
    TRY_VOID(owner->database().emptyWal());
    return gone;
}

}  // namespace commonplace::library
