// Resident: the vectors of one space in memory, kept in step with index.db whoever writes it.
#pragma once

#include <atomic>
#include <cstdint>
#include <shared_mutex>
#include <stop_token>

#include "engine/base/result.h"
#include "engine/store/index_store.h"
#include "engine/vector/resident_index.h"

namespace commonplace::library {

/// Thread: any. Readers hold a lock only while they search; a refresh adds what is new under an exclusive
/// lock.
class Resident final {
  public:
    explicit Resident(std::size_t dimension) : m_index(dimension) {}

    /// Which vectors: the space, and the file they come from (a rebuilt index.db is another file with ids of
    /// its own).
    struct View {
        std::int64_t space = 0;
        std::uint64_t file = 0;  ///< inode
    };
    /// Takes over rows added and documents deleted since the last call, by any process; starts anew for
    /// another file.
    Result<void> refresh(store::IndexStore& store, const View& view, std::stop_token stop);
    /// Forgets everything (the database was replaced).
    void reset();

    /// Shared access for the duration of one search.
    class Reading {
      public:
        explicit Reading(const Resident& resident) : m_lock(resident.m_mutex), m_index(resident.m_index) {}
        const vector::ResidentIndex& index() const { return m_index; }

      private:
        std::shared_lock<std::shared_mutex> m_lock;
        const vector::ResidentIndex& m_index;
    };

  private:
    void forget();

    mutable std::shared_mutex m_mutex;
    std::uint64_t m_file = 0;          // guarded by m_mutex
    vector::ResidentIndex m_index;     // guarded by m_mutex
    std::int64_t m_lastVector = 0;     // guarded by m_mutex
    std::int64_t m_lastTombstone = 0;  // guarded by m_mutex
    bool m_loaded = false;             // guarded by m_mutex
    std::atomic<bool> m_everLoaded = false;
};

}  // namespace commonplace::library
