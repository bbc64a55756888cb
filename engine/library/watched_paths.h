// WatchedPaths: what an indexing run must know of library.db for each path, read again only when it changed.
// Internal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/config/settings.h"
#include "engine/ingest/ingester.h"
#include "engine/store/library_store.h"

namespace commonplace::library {

ingest::Roots identitiesOf(const std::vector<store::Root>& roots);

/// Thread: that of the store.
class WatchedPaths final {
  public:
    WatchedPaths(store::LibraryStore& library, const config::IndexSettings& settings);

    /// Takes over what other connections have committed since the last call.
    Result<void> refresh();
    bool isWatched(const std::string& path) const;
    /// After a path was indexed: if it is a root, a folder that holds something, and still the one that it
    /// was before (ingest::folderIdentity() of it then), library.db keeps which one that is.
    Result<void> remember(const std::string& path, const std::string& identityBefore);
    ingest::Surroundings& surroundings() { return m_around; }

  private:
    store::LibraryStore& m_library;
    ingest::Surroundings m_around;
    std::optional<std::int64_t> m_version;
};

}  // namespace commonplace::library
