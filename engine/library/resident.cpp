#include "engine/library/resident.h"

#include <mutex>
#include <utility>

namespace commonplace::library {
Result<void> Resident::refresh(store::IndexStore& store, const View& view, std::stop_token stop) {
    if (view.space == 0) return {};
    // A search that runs for long (a streamed answer holds its view) must not hold up others: slightly old is
    // fine then.
    std::unique_lock lock(m_mutex, std::try_to_lock);
    if (!lock && m_everLoaded) return {};
    if (!lock) lock.lock();
    if (view.file != m_file) forget();
    m_file = view.file;
    // Tombstones first: a document replaced meanwhile has new rows with higher ids, which the next step
    // brings.
    TRY(const auto deleted, store.deletedAfter(m_lastTombstone));
    if (m_loaded)
        for (const store::DocumentId document : deleted.documents) m_index.removeDocument(document);
    m_lastTombstone = deleted.newest;
    m_loaded = true;
    m_everLoaded = true;
    const auto add = [this](const store::VectorRow& row) -> Result<void> {
        m_lastVector = row.id;  // at once: a stop later on must not bring this row again
        const vector::Row one{row.document, row.chunk, row.packed};
        (void)m_index.add({&one, 1});  // a damaged row is not findable by meaning; `doctor` names it
        return {};
    };
    TRY(m_lastVector, store.vectorsAfter(view.space, m_lastVector, add, std::move(stop)));
    return {};
}

void Resident::reset() {
    const std::unique_lock lock(m_mutex);
    forget();
}

void Resident::forget() {
    m_index.clear();
    m_lastVector = 0;
    m_lastTombstone = 0;
    m_loaded = false;
}

}  // namespace commonplace::library
