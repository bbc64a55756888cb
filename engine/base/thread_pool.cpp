#include "engine/base/thread_pool.h"

#include <algorithm>
#include <atomic>
#include <latch>
#include <utility>

namespace commonplace::base {

ThreadPool::ThreadPool(std::size_t threads) {
    const std::size_t count = threads > 0 ? threads : std::max(1u, std::thread::hardware_concurrency());
    m_threads.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
        m_threads.emplace_back([this](const std::stop_token& stop) { run(stop); });
}

ThreadPool::~ThreadPool() {
    // All are told before the first is joined, else the shutdown takes the sum of the running tasks.
    for (std::jthread& thread : m_threads) thread.request_stop();
    m_threads.clear();
}

void ThreadPool::submit(std::function<void()> task) {
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.push_back(std::move(task));
    }
    m_wake.notify_one();
}

void ThreadPool::parallelFor(std::size_t count, const std::function<void(std::size_t)>& body) {
    const std::size_t helpers = std::min(count, size());
    std::atomic<std::size_t> next = 0;
    std::latch done(static_cast<std::ptrdiff_t>(helpers));
    for (std::size_t i = 0; i < helpers; ++i) {
        submit([&] {
            for (std::size_t at = next++; at < count; at = next++) body(at);
            done.count_down();
        });
    }
    done.wait();
}

void ThreadPool::run(const std::stop_token& stop) {
    while (true) {
        std::function<void()> task;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, stop, [this] { return !m_tasks.empty(); });
            if (stop.stop_requested()) return;
            task = std::move(m_tasks.front());
            m_tasks.pop_front();
        }
        task();
    }
}

}  // namespace commonplace::base
