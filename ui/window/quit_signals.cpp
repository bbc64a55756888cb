#include "ui/window/quit_signals.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

namespace commonplace::ui {
namespace {

// What a handler may touch: a lock-free number, and write(2).
std::atomic<int> writeEnd = -1;
static_assert(std::atomic<int>::is_always_lock_free);

void onSignal(int) {
    const int before = errno;
    const char word = 'q';
    [[maybe_unused]] const auto written = ::write(writeEnd.load(), &word, 1);  // full: it is known already
    errno = before;
}

/// A person who presses Ctrl+C twice is in a hurry; a closing terminal says SIGHUP twice and is not.
struct sigaction actionFor(int signal) {
    struct sigaction action {};
    action.sa_handler = onSignal;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART | (signal == SIGINT ? static_cast<int>(SA_RESETHAND) : 0);
    return action;
}

/// Whoever started the program wants it to outlive this signal: nohup(1), a shell that runs it in the
/// background.
bool isIgnored(const struct sigaction& action) {
    return (action.sa_flags & SA_SIGINFO) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

QuitSignals::QuitSignals(QObject* parent) : QObject(parent) {
    if (::pipe2(m_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0) return;
    writeEnd = m_pipe[1];
    m_notifier.emplace(m_pipe[0], QSocketNotifier::Read);
    connect(&*m_notifier, &QSocketNotifier::activated, this, &QuitSignals::onReadable);
    for (std::size_t i = 0; i < kSignals.size(); ++i) {
        ::sigaction(kSignals[i], nullptr, &m_before[i]);
        const struct sigaction action = actionFor(kSignals[i]);
        if (!isIgnored(m_before[i])) ::sigaction(kSignals[i], &action, nullptr);
    }
}

QuitSignals::~QuitSignals() {
    if (!m_notifier) return;
    for (std::size_t i = 0; i < kSignals.size(); ++i)
        if (!isIgnored(m_before[i])) ::sigaction(kSignals[i], &m_before[i], nullptr);
    writeEnd = -1;
    m_notifier.reset();
    for (const int end : m_pipe) ::close(end);
}

void QuitSignals::onReadable() {
    m_notifier->setEnabled(false);
    emit requested();
}

}  // namespace commonplace::ui
