#include "engine/extract/watchdog.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <new>

#include "engine/extract/protocol.h"

namespace commonplace::extract {
namespace {

constexpr suseconds_t kPeriodMicroseconds = 200'000;

// Read by signal handlers; written before they are installed.
volatile int parentSocket = -1;
#ifdef COMMONPLACE_SANITIZED
volatile int memoryFile = -1;
volatile std::uint64_t residentLimit = 0;
#else
alignas(16) char alternateStack[64u << 10];
#endif

bool parentIsGone() {
    pollfd watched{parentSocket, 0, 0};  // hang-up is reported without being asked for
    return ::poll(&watched, 1, 0) > 0 && (watched.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}

#ifdef COMMONPLACE_SANITIZED
/// Second number of /proc/self/statm: resident pages. Only calls that are safe in a signal handler.
std::uint64_t residentBytes() {
    char text[64] = {};
    if (::pread(memoryFile, text, sizeof text - 1, 0) <= 0) return 0;
    const char* at = text;
    while (*at != ' ' && *at != 0) ++at;
    std::uint64_t pages = 0;
    if (*at == ' ')
        for (++at; *at >= '0' && *at <= '9'; ++at) pages = pages * 10 + static_cast<std::uint64_t>(*at - '0');
    return pages * 4096;
}
#endif

extern "C" void onTimer(int) {
    const int saved = errno;
    if (parentIsGone()) ::_exit(0);
#ifdef COMMONPLACE_SANITIZED
    if (residentBytes() > residentLimit) ::_exit(protocol::kExitMemory);
#endif
    errno = saved;
}

#ifndef COMMONPLACE_SANITIZED
/// C libraries answer a failed malloc with abort() or by using the null pointer; errno still tells.
extern "C" void onFatal(int) {
    if (errno == ENOMEM) ::_exit(protocol::kExitMemory);
    // Returning repeats the fault (or abort) under the default action, to which SA_RESETHAND has gone back.
}

void catchFatalSignals() {
    stack_t stack{};
    stack.ss_sp = alternateStack;  // a stack overflow leaves no other
    stack.ss_size = sizeof alternateStack;
    ::sigaltstack(&stack, nullptr);
    struct sigaction action {};
    action.sa_handler = onFatal;
    action.sa_flags = SA_ONSTACK | static_cast<int>(SA_RESETHAND);
    for (const int signal : {SIGSEGV, SIGBUS, SIGABRT}) ::sigaction(signal, &action, nullptr);
}
#endif

void setTimer(suseconds_t period) {
    const itimerval timer{{0, period}, {0, period}};
    ::setitimer(ITIMER_REAL, &timer, nullptr);
}

}  // namespace

Watchdog::Watchdog(int socket, [[maybe_unused]] std::uint64_t memoryBytes) {
    parentSocket = socket;
    std::set_new_handler([] { ::_exit(protocol::kExitMemory); });
#ifdef COMMONPLACE_SANITIZED
    memoryFile = ::open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    residentLimit = memoryBytes;
#else
    catchFatalSignals();
#endif
    struct sigaction action {};
    action.sa_handler = onTimer;
    action.sa_flags = SA_RESTART;
    ::sigaction(SIGALRM, &action, nullptr);
}

void Watchdog::start() {
    errno = 0;  // an old failure must not explain a new crash
    setTimer(kPeriodMicroseconds);
}

void Watchdog::stop() {
    setTimer(0);
}

}  // namespace commonplace::extract
