#include "engine/library/resident.h"

#include <mutex>
#include <utility>

namespace commonplace::library {
Result<void> Resident::refresh(store::IndexStore& store, std::int64_t space, std::stop_token stop) {
    if (space == 0) return {};
    // A search that runs for long (a streamed answer holds its view) must not hold up others: slightly old is fine then.
    std::unique_lock lock(m_mutex, std::try_to_lock);
    if (!lock && m_everLoaded) return {};
    if (!lock) lock.lock();
    // Tombstones first: a document replaced meanwhile has new rows with higher ids, which the next step brings.
    TRY(const auto deleted, store.deletedAfter(m_lastTombstone));
    if (m_loaded)
        for (const store::DocumentId document : deleted.documents) m_index.removeDocument(document);
    m_lastTombstone = deleted.newest;
    m_loaded = true;
    m_everLoaded = true;
    const auto add = [this](const store::VectorRow& row) -> Result<void> {
        const vector::Row one{row.document, row.chunk, row.packed};
        return m_index.add({&one, 1});
    };
    TRY(m_lastVector, store.vectorsAfter(space, m_lastVector, add, std::move(stop)));
    return {};
}

void Resident::reset() {
    const std::unique_lock lock(m_mutex);
    m_index.clear();
    m_lastVector = 0;
    m_lastTombstone = 0;
    m_loaded = false;
}

}  // namespace commonplace::library
