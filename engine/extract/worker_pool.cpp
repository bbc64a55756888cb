#include "engine/extract/worker_pool.h"

#include <algorithm>

namespace commonplace::extract {

WorkerPool::WorkerPool(Options options)
    : m_options(std::move(options)), m_slots(std::max<std::size_t>(1, m_options.workers)) {}

WorkerPool::~WorkerPool() = default;

WorkerPool::Slot* WorkerPool::freeSlot() {
    // A worker that runs already is better than one that must be started.
    const auto free = [](const Slot& slot) { return !slot.busy; };
    const auto warm = [](const Slot& slot) { return !slot.busy && slot.worker; };
    auto found = std::find_if(m_slots.begin(), m_slots.end(), warm);
    if (found == m_slots.end()) found = std::find_if(m_slots.begin(), m_slots.end(), free);
    return found == m_slots.end() ? nullptr : &*found;
}

std::unique_ptr<WorkerPool::Lease> WorkerPool::acquire(std::stop_token stop) {
    std::unique_lock lock(m_mutex);
    Slot* slot = nullptr;
    m_freed.wait(lock, stop, [&] { return (slot = freeSlot()) != nullptr; });
    if (slot == nullptr || stop.stop_requested()) return nullptr;
    slot->busy = true;
    return std::make_unique<Lease>(*this, *slot);
}

Usage WorkerPool::usage() const {
    const std::lock_guard lock(m_mutex);
    Usage usage = m_finished;
    for (const Slot& slot : m_slots)
        if (slot.worker) usage.cpuSeconds += slot.worker->cpuSeconds();
    return usage;
}

WorkerPool::Lease::~Lease() {
    {
        const std::lock_guard lock(m_pool.m_mutex);
        m_slot.busy = false;
    }
    m_pool.m_freed.notify_one();
}

Result<WorkerProcess*> WorkerPool::Lease::worker() {
    // Only the lessee writes the slot's worker, so it may look without the lock.
    if (m_slot.worker) return m_slot.worker.get();
    TRY(auto fresh, WorkerProcess::start(m_pool.m_options));
    const std::lock_guard lock(m_pool.m_mutex);
    m_slot.worker = std::move(fresh);
    ++m_pool.m_finished.started;
    return m_slot.worker.get();
}

void WorkerPool::Lease::retire() {
    std::unique_ptr<WorkerProcess> old;
    {
        const std::lock_guard lock(m_pool.m_mutex);
        old = std::move(m_slot.worker);
    }
    if (!old) return;
    const double cpu = old->end();
    const std::lock_guard lock(m_pool.m_mutex);
    m_pool.m_finished.cpuSeconds += cpu;
}

void WorkerPool::Lease::lose() {
    retire();
    const std::lock_guard lock(m_pool.m_mutex);
    ++m_pool.m_finished.killed;
}

}  // namespace commonplace::extract
