#include "engine/extract/worker_process.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <string_view>

#include "engine/extract/outbox.h"
#include "engine/extract/protocol.h"
#include "engine/extract/worker.h"

namespace commonplace::extract {
namespace {

static_assert(kWorkerSocket == base::ChildProcess::kSocket);

/// A start-up takes some 30 ms; this is for machines that are swapping.
constexpr std::chrono::seconds kStartLimit{20};

#ifdef COMMONPLACE_SANITIZED
constexpr auto kErrors = base::ErrorOutput::Inherit;  // a sanitizer's report must be seen
#else
constexpr auto kErrors = base::ErrorOutput::Discard;
#endif

/// The only variables a worker gets: what loader, locale, fonts and sanitizers need, and never somebody's API
/// key.
std::vector<std::string> environment() {
    constexpr std::array kNames{"LD_LIBRARY_PATH", "LANG",
                                "LC_ALL",          "HOME",
                                "XDG_CACHE_HOME",  "FONTCONFIG_PATH",
                                "FONTCONFIG_FILE", "ASAN_OPTIONS",
                                "UBSAN_OPTIONS",   "LSAN_OPTIONS"};
    std::vector<std::string> variables;
    for (const char* name : kNames)
        if (const char* value = std::getenv(name)) variables.push_back(std::string(name) + "=" + value);
    return variables;
}

Inbox::Clock::time_point after(double seconds) {
    // A day at most: more would overflow the clock's integer.
    const std::chrono::duration<double> wait(std::clamp(seconds, 0.0, 86400.0));
    return Inbox::Clock::now() + std::chrono::duration_cast<Inbox::Clock::duration>(wait);
}

protocol::Welcome welcomeFor(const Limits& limits) {
    // One second more than the clock on the wall: the parent's verdict comes first, this one is for when it
    // sleeps.
    const double cpu = std::ceil(std::clamp(limits.secondsPerFile, 1.0, 86400.0)) + 1;
    return {limits.memoryBytes, limits.textBytes, static_cast<std::uint32_t>(cpu)};
}

}  // namespace

Result<std::unique_ptr<WorkerProcess>> WorkerProcess::start(const Options& options) {
    TRY(auto child, base::ChildProcess::start({options.program, {"worker"}, environment(), kErrors}));
    std::unique_ptr<WorkerProcess> worker(new WorkerProcess(std::move(child), options.limits));
    std::string welcome;
    protocol::append(welcome, welcomeFor(options.limits));
    // A program that is gone already is found out by greet(), which says more.
    static_cast<void>(sendAll(worker->m_child.socket(), welcome));
    return worker;
}

WorkerProcess::WorkerProcess(base::ChildProcess child, const Limits& limits)
    : m_child(std::move(child)),
      m_limits(limits),
      m_inbox(m_child.socket(), limits.textBytes + protocol::kRecordSlack, Descriptors::Refuse) {}

Result<Attempt> WorkerProcess::extract(const Snapshot& file, document::Format format,
                                       const std::stop_token& stop) {
    Request request{{}, file.memory.get()};
    protocol::append(request.record, protocol::Extract{format, file.bytes});
    ReplyAssembler reply(format, m_limits.textBytes);
    TRY(auto attempt,
        ask(
            request, [&](const protocol::Record& record) { return reply.accept(record); }, stop));
    if (attempt.outcome == Attempt::Outcome::Answered) attempt.document = reply.take();
    return attempt;
}

Result<Attempt> WorkerProcess::ask(const Request& request, const AcceptRecord& accept,
                                   const std::stop_token& stop) {
    // Shutting the socket down ends every wait on it at once, whichever thread asks for the stop.
    const std::stop_callback wake(stop, [socket = m_child.socket()] { ::shutdown(socket, SHUT_RDWR); });
    const auto attempt = converse(request, accept);
    if (stop.stop_requested()) return Attempt{Attempt::Outcome::Cancelled, {}, {}};
    return attempt;
}

Result<Attempt> WorkerProcess::converse(const Request& request, const AcceptRecord& accept) {
    ++m_files;
    const int socket = m_child.socket();
    const auto sent = request.descriptor < 0 ? sendAll(socket, request.record)
                                             : sendWithDescriptor(socket, request.record, request.descriptor);
    TRY_VOID(greet());
    if (!sent) return explain(sent.error());
    const auto deadline = after(m_limits.secondsPerFile);
    while (true) {
        const auto record = m_inbox.next(deadline);
        if (!record) return explain(record.error());
        const auto state = accept(*record);
        if (!state) return explain(state.error());
        if (*state == ReplyState::Complete) return Attempt{Attempt::Outcome::Answered, {}, {}};
    }
}

Result<void> WorkerProcess::greet() {
    if (m_greeted) return {};
    const std::string step = "cannot start an extraction worker";
    const auto hello = m_inbox.next(Inbox::Clock::now() + kStartLimit);
    if (!hello) return hello.error().within(step);
    if (hello->kind != protocol::Kind::Hello)
        return Error(ErrorCode::Protocol, step + ": the program did not greet; is it another version?");
    if (const auto greeting = protocol::decodeHello(hello->payload); !greeting)
        return greeting.error().within(step);
    m_greeted = true;
    return {};
}

Attempt WorkerProcess::explain(const Error& error) {
    using Outcome = Attempt::Outcome;
    if (error.code() == ErrorCode::Timeout) return {Outcome::TimedOut, {}, {}};
    if (error.code() == ErrorCode::Protocol) return {Outcome::Nonsense, {}, error.message()};
    // The socket closes when a process is on its way out and its end is decided; killing it now changes
    // nothing for that, and frees us from one that only closed its socket.
    const base::ChildExit ended = reap();
    if (ended.signal == SIGXCPU) return {Outcome::TimedOut, {}, {}};
    if (ended.signal != 0) return {Outcome::Crashed, {}, "signal " + std::to_string(ended.signal)};
    if (ended.code == protocol::kExitMemory) return {Outcome::OutOfMemory, {}, {}};
    return {Outcome::Crashed, {}, "exit code " + std::to_string(ended.code)};
}

base::ChildExit WorkerProcess::reap() {
    m_child.kill();
    const base::ChildExit ended = m_child.wait();
    m_finalCpu += ended.cpuSeconds;
    return ended;
}

double WorkerProcess::end() {
    reap();
    return m_finalCpu;
}

}  // namespace commonplace::extract
