// Lane: one worker thread with its own session of the library, running jobs in the order they were posted.
//
// A bridge owns the lanes it needs and declares them last, so that their threads end before anything else of
// it does. Jobs report back by emitting the bridge's signals (queued into the GUI thread by Qt).
#pragma once

#include <QString>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

namespace commonplace::library {
class Library;
class Session;
}  // namespace commonplace::library

namespace commonplace::ui {

class Host;

class Lane final {
  public:
    using Job = std::function<void(library::Session&, const std::stop_token&)>;
    /// For work that needs no session, or none that can be had (indexing rebuilds a damaged index).
    using LibraryJob = std::function<void(library::Library&, const std::stop_token&)>;
    using OnError = std::function<void(const QString&)>;

    /// What becomes of waiting jobs at the end. Finish is for short writes that a person has asked for.
    enum class AtEnd { Drop, Finish };
    /// `onError` is called on the lane's thread for a job that could not run: the library does not open.
    Lane(const Host& host, OnError onError, AtEnd atEnd = AtEnd::Drop);
    /// Drop: cancels the running job and forgets the waiting ones. Finish: does them first. Returns when the
    /// thread has ended.
    ~Lane();

    // Thread: any.
    void post(Job job);
    void post(LibraryJob job);
    /// Forgets the waiting jobs and asks the running one to stop.
    void cancel();

  private:
    struct Task {
        Job job;
        LibraryJob libraryJob;
        std::stop_source stop;
    };
    void push(Task task);
    void run(const std::stop_token& end);
    void runTask(const Task& task);
    library::Session* session();

    const Host& m_host;
    const AtEnd m_atEnd;
    OnError m_onError;
    std::unique_ptr<library::Session> m_session;  // of the lane's thread
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<Task> m_tasks;    // guarded by m_mutex
    std::stop_source m_running;  // guarded by m_mutex
    std::jthread m_thread;
};

}  // namespace commonplace::ui
