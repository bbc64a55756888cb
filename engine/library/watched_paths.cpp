#include "engine/library/watched_paths.h"

#include <filesystem>

#include "engine/library/removal.h"

namespace commonplace::library {

WatchedPaths::WatchedPaths(store::LibraryStore& library, const config::IndexSettings& settings)
    : m_library(library) {
    m_around.rules.maxFileBytes = settings.maxFileBytes;
    m_around.rules.ignoredFolders = settings.ignoredNames;
}

Result<void> WatchedPaths::refresh() {
    TRY(const std::int64_t version, m_library.database().dataVersion());
    if (m_version == version) return {};
    TRY(const auto roots, m_library.roots());
    TRY(m_around.rules.excludedFiles, excludedFiles(m_library));
    m_around.roots.clear();
    for (const store::Root& root : roots) m_around.roots.insert(root.path);
    m_version = version;
    return {};
}

bool WatchedPaths::isWatched(const std::string& path) const {
    for (std::filesystem::path at = path;; at = at.parent_path()) {
        if (m_around.roots.contains(at.native())) return true;
        if (at == at.parent_path()) return false;
    }
}

}  // namespace commonplace::library
