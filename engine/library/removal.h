// What a person takes out of a library: a watched folder (with a way back), or single files.
//
// Removing a folder costs nothing and loses nothing at first: its root goes, and a note in library.db says
// that its documents are on their way out. Whoever lists documents leaves those out. purgeRemoved() deletes
// them from index.db later; until then restoreRoot() brings everything back without reading a file again.
// Only paths that were removed by name are ever purged: an index.db beside a new or restored library.db keeps
// what it has.
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/store/library_store.h"

namespace commonplace::library {

/// The folders on their way out, and the roots that keep what they share with them. Plain value.
class RemovedRoots final {
  public:
    RemovedRoots() = default;
    RemovedRoots(std::vector<std::string> removed, std::vector<std::string> kept)
        : m_removed(std::move(removed)), m_kept(std::move(kept)) {}

    bool empty() const { return m_removed.empty(); }
    const std::vector<std::string>& paths() const { return m_removed; }
    /// Below a removed folder and below no watched one.
    bool hides(const std::string& path) const;
    /// Of a document with paths: every one is hidden.
    bool hidesAll(const std::vector<std::string>& paths) const;

  private:
    std::vector<std::string> m_removed;
    std::vector<std::string> m_kept;
};

// Thread: as the store. Safe against other processes (one transaction each).
Result<void> removeRoot(store::LibraryStore& library, const std::string& path);
Result<void> restoreRoot(store::LibraryStore& library, const std::string& path);
Result<RemovedRoots> removedRoots(store::LibraryStore& library);

/// Files that are passed over although a watched folder holds them; the next index run of that path acts on
/// it.
Result<std::set<std::string>> excludedFiles(store::LibraryStore& library);
enum class Exclusion { Exclude, Include };
Result<void> setExclusion(store::LibraryStore& library, const std::string& path, Exclusion exclusion);

/// Deletes the documents of removed folders (`paths`; empty: all of them) from index.db, and overwrites what
/// the file held of them, words of the full text included. Returns how many paths went. Busy while any
/// process is indexing: try again later. Cancelled keeps what is done; the rest goes next time.
Result<std::int64_t> purgeRemoved(const std::filesystem::path& folder, const std::vector<std::string>& paths,
                                  const std::stop_token& stop);

}  // namespace commonplace::library
