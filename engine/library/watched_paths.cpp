#include "engine/library/watched_paths.h"

#include "engine/base/ancestors.h"
#include "engine/library/removal.h"

namespace commonplace::library {

ingest::Roots identitiesOf(const std::vector<store::Root>& roots) {
    ingest::Roots identities;
    for (const store::Root& root : roots) identities.emplace(root.path, root.identity);
    return identities;
}

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
    m_around.roots = identitiesOf(roots);
    m_version = version;
    return {};
}

bool WatchedPaths::isWatched(const std::string& path) const {
    return !base::firstAtOrAbove(path, [this](const std::string& at) {
                return m_around.roots.contains(at);
            }).empty();
}

Result<void> WatchedPaths::remember(const std::string& path, const std::string& identityBefore) {
    const auto root = m_around.roots.find(path);
    if (root == m_around.roots.end() || root->second == identityBefore || ingest::isEmptyFolder(path))
        return {};
    if (identityBefore.empty() || ingest::folderIdentity(path) != identityBefore) return {};
    TRY_VOID(m_library.setRootIdentity(path, identityBefore));
    root->second = identityBefore;
    return {};
}

}  // namespace commonplace::library
