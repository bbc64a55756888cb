#include "engine/ingest/known_contents.h"

#include "engine/ingest/ingester.h"

namespace commonplace::ingest {

Result<void> KnownContents::load(store::IndexStore& store, Retry retry) {
    if (m_loadedFor == retry) return {};
    TRY(const auto paths, store.pathsUnder(""));
    m_sha256.clear();
    for (const store::KnownPath& path : paths) {
        const bool retried = retry == Retry::Failures && document::isFailure(path.status);
        const bool read = path.extractor == extractorVersion() && path.status != document::Status::Pending;
        if (path.sha256 && read && !retried) m_sha256.insert(*path.sha256);
    }
    m_loadedFor = retry;
    return {};
}

void KnownContents::add(const std::vector<std::string>& sha256) {
    if (m_loadedFor) m_sha256.insert(sha256.begin(), sha256.end());
}

}  // namespace commonplace::ingest
