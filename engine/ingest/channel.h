// Channel: a bounded queue from several producers to one consumer; a full one makes producers wait, so that
// memory stays bounded when storing is slower than extracting. What counts is the weight of what waits, not
// the number of items: a book of 50 MB of text weighs more than a thousand notes.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <iterator>
#include <mutex>
#include <utility>
#include <vector>

namespace commonplace::ingest {

/// Thread: push() from any thread, popAll() from one.
template <class T>
class Channel final {
  public:
    /// `capacity` is in the unit of the weights given to push().
    Channel(std::size_t capacity, std::size_t producers) : m_capacity(capacity), m_producers(producers) {}

    /// Waits until there is room, or nothing else waits (a single item may weigh more than the capacity); drops
    /// the item once abandon() was called.
    void push(T item, std::size_t weight) {
        std::unique_lock lock(m_mutex);
        m_space.wait(lock, [&] { return m_items.empty() || m_weight + weight <= m_capacity || m_abandoned; });
        if (!m_abandoned) {
            m_items.push_back(std::move(item));
            m_weight += weight;
        }
        m_filled.notify_one();
    }

    /// Each producer calls it once, when it has nothing more.
    void finish() {
        const std::lock_guard lock(m_mutex);
        --m_producers;
        m_filled.notify_one();
    }

    /// Everything that waits, at least one item; empty only when all producers have finished.
    std::vector<T> popAll() {
        std::unique_lock lock(m_mutex);
        m_filled.wait(lock, [this] { return !m_items.empty() || m_producers == 0; });
        std::vector<T> items(std::make_move_iterator(m_items.begin()),
                             std::make_move_iterator(m_items.end()));
        m_items.clear();
        m_weight = 0;
        m_space.notify_all();
        return items;
    }

    /// The consumer has failed: producers must not wait for it any more.
    void abandon() {
        const std::lock_guard lock(m_mutex);
        m_abandoned = true;
        m_space.notify_all();
    }

  private:
    const std::size_t m_capacity;
    std::mutex m_mutex;
    std::condition_variable m_space;
    std::condition_variable m_filled;
    std::deque<T> m_items;     // guarded by m_mutex
    std::size_t m_weight = 0;  // of m_items; guarded by m_mutex
    std::size_t m_producers;   // guarded by m_mutex
    bool m_abandoned = false;  // guarded by m_mutex
};

}  // namespace commonplace::ingest
