#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <stop_token>
#include <thread>
#include <type_traits>

#include "app/cli/commands.h"
#include "app/modes.h"
#include "engine/base/file.h"
#include "engine/config/paths.h"

namespace commonplace::app::cli {
namespace {

/// Ctrl+C asks the command to end in order; a second one ends the program at once. The signals are blocked in
/// every thread and taken by one that waits for them, so that no code runs inside a signal handler.
class StopOnSignal final {
  public:
    StopOnSignal() : m_waiter([this](const std::stop_token& ended) { wait(ended); }) {}
    ~StopOnSignal() {
        m_waiter.request_stop();
        ::pthread_kill(m_waiter.native_handle(), SIGTERM);
    }
    std::stop_token token() const { return m_source.get_token(); }

    /// Must be called before any thread is started: threads inherit the mask.
    static void block() {
        sigset_t signals = set();
        ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
        std::signal(SIGPIPE, SIG_IGN);
    }

  private:
    static sigset_t set() {
        sigset_t signals;
        sigemptyset(&signals);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
        return signals;
    }
    void wait(const std::stop_token& ended) {
        const sigset_t signals = set();
        int number = 0;
        for (int count = 0; ::sigwait(&signals, &number) == 0 && !ended.stop_requested(); ++count) {
            if (count > 0) std::_Exit(130);
            m_source.request_stop();
        }
    }

    std::stop_source m_source;
    std::jthread m_waiter;
};

/// Nobody's spelling is worth a failure, and a newer version may know these: one line, and on it goes.
void warnOfUnknownSettings(const Command& command) {
    if (std::holds_alternative<DoctorOptions>(command)) return;  // lists them itself
    const auto unknown = config::unknownKeys(config::settingsFile());
    if (!unknown || unknown->empty()) return;
    const auto closing = std::find_if(unknown->begin(), unknown->end(), config::isAboutSafety);
    const bool closes = closing != unknown->end();
    std::string line = "the settings have a key that this version does not know: " +
                       describe(closes ? *closing : unknown->front());
    if (closes) line += "; until that is mended nothing goes to another computer";
    if (unknown->size() > 1)
        line += " (and " + std::to_string(unknown->size() - 1) + " more: see 'commonplace doctor')";
    warn(line);
}

/// Why nothing more can be written there. The streams keep only that it failed, perhaps long ago, so it is
/// tried once more; what is broken off gets a line end at most.
int whyNotWritten() {
    errno = 0;
    return ::write(STDOUT_FILENO, "\n", 1) < 0 ? errno : EIO;
}

/// An answer that did not reach its reader is a failure; a reader that left (| head) knows that already.
int finishOutput(int code) {
    std::cout.flush();
    const bool failed = !std::cout || std::fflush(stdout) != 0 || std::ferror(stdout) != 0;
    if (!failed) return code;
    const int why = whyNotWritten();
    if (why == EPIPE) return code;
    return fail(base::systemError(why, "the answer could not be written to standard output"));
}

}  // namespace

int main(int argc, const char* const* argv) {
    auto parsed = parse(argc, argv);
    if (const int* code = std::get_if<int>(&parsed)) return *code;
    const Invocation& invocation = std::get<Invocation>(parsed);
    if (const auto* gui = std::get_if<GuiOptions>(&invocation.command))
        return runGuiMode({invocation.library, gui->paths});
    auto settings = config::loadSettings(config::settingsFile());
    if (!settings) return fail(settings.error());
    warnOfUnknownSettings(invocation.command);
    StopOnSignal::block();
    StopOnSignal signals;
    const auto folder = invocation.library.empty() ? config::defaultLibraryFolder() : invocation.library;
    const Context context{folder, std::move(*settings), invocation.output, signals.token()};
    const int code = std::visit(
        [&](const auto& options) {
            if constexpr (std::is_same_v<std::decay_t<decltype(options)>, GuiOptions>)
                return 2;
            else
                return run(options, context);
        },
        invocation.command);
    return finishOutput(code);
}

}  // namespace commonplace::app::cli
