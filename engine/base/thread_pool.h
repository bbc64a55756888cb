// A fixed pool of threads. Engine code never starts threads of its own: whoever composes the program makes a
// pool and passes it in.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace commonplace::base {

/// Thread: submit() and parallelFor() may be called from any thread, but never from a task of the same pool.
class ThreadPool final {
  public:
    /// 0 means one thread per hardware thread.
    explicit ThreadPool(std::size_t threads = 0);
    /// Finishes the running tasks, drops the waiting ones.
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    std::size_t size() const { return m_threads.size(); }
    /// Queues a task. The task must not throw.
    void submit(std::function<void()> task);
    /// Calls body(0) … body(count - 1) on the pool and returns when all are done.
    void parallelFor(std::size_t count, const std::function<void(std::size_t)>& body);

  private:
    void run(const std::stop_token& stop);

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<std::function<void()>> m_tasks;  // guarded by m_mutex
    std::vector<std::jthread> m_threads;
};

}  // namespace commonplace::base
