// WorkerPool: at most so many workers at once; each belongs to one Lease at a time. Thread: all of it from
// any thread; one Lease, one thread.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <stop_token>
#include <vector>

#include "engine/base/result.h"
#include "engine/extract/extractor.h"
#include "engine/extract/worker_process.h"

namespace commonplace::extract {

class WorkerPool final {
    struct Slot {
        std::unique_ptr<WorkerProcess> worker;  // guarded by m_mutex; the process itself is its lessee's
        bool busy = false;
    };

  public:
    /// The right to use one worker, until destroyed.
    class Lease final {
      public:
        Lease(WorkerPool& pool, Slot& slot) : m_pool(pool), m_slot(slot) {}
        ~Lease();
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;

        /// The worker, started if there is none.
        Result<WorkerProcess*> worker();
        /// Ends the worker; the next worker() is a fresh one.
        void retire();
        /// The same after a worker was lost to a file: counted in Usage::killed.
        void lose();

      private:
        WorkerPool& m_pool;
        Slot& m_slot;
    };

    explicit WorkerPool(Options options);
    ~WorkerPool();

    /// Waits for a free worker; nothing when `stop` was requested first.
    std::unique_ptr<Lease> acquire(std::stop_token stop);
    Usage usage() const;
    const Options& options() const { return m_options; }

  private:
    Slot* freeSlot();

    const Options m_options;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_freed;
    std::vector<Slot> m_slots;  // never resized
    Usage m_finished;           // guarded by m_mutex: workers that have ended
};

}  // namespace commonplace::extract
