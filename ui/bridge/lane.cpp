#include "ui/bridge/lane.h"

#include "engine/library/library.h"
#include "ui/bridge/host.h"

namespace commonplace::ui {

Lane::Lane(const Host& host, OnError onError, AtEnd atEnd)
    : m_host(host), m_atEnd(atEnd), m_onError(std::move(onError)) {
    m_thread = std::jthread([this](const std::stop_token& end) { run(end); });
}

Lane::~Lane() {
    m_thread.request_stop();
    if (m_atEnd == AtEnd::Drop) cancel();
    m_thread.join();
}

void Lane::post(Job job) {
    push({std::move(job), {}, {}});
}

void Lane::post(LibraryJob job) {
    push({{}, std::move(job), {}});
}

void Lane::push(Task task) {
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.push_back(std::move(task));
    }
    m_changed.notify_one();
}

void Lane::cancel() {
    const std::lock_guard lock(m_mutex);
    m_tasks.clear();
    m_running.request_stop();
}

void Lane::run(const std::stop_token& end) {
    while (true) {
        Task task;
        {
            std::unique_lock lock(m_mutex);
            if (!m_changed.wait(lock, end, [this] { return !m_tasks.empty(); })) return;
            if (end.stop_requested() && m_atEnd == AtEnd::Drop) return;
            task = std::move(m_tasks.front());
            m_tasks.pop_front();
            m_running = task.stop;
        }
        runTask(task);
    }
}

void Lane::runTask(const Task& task) {
    library::Library* library = m_host.waitForLibrary();
    if (!library) {
        m_onError(QString());
        return;
    }
    if (task.libraryJob) {
        task.libraryJob(*library, task.stop.get_token());
    } else if (library::Session* mine = session()) {
        task.job(*mine, task.stop.get_token());
    }
}

library::Session* Lane::session() {
    if (m_session) return m_session.get();
    auto opened = m_host.waitForLibrary()->openSession();
    if (!opened) {
        m_onError(QString::fromStdString(opened.error().message()));
        return nullptr;
    }
    m_session = std::move(*opened);
    return m_session.get();
}

}  // namespace commonplace::ui
