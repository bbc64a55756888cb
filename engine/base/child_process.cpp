#include "engine/base/child_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <ctime>
#include <utility>

namespace commonplace::base {
namespace {

/// The two halves of posix_spawn's instructions, freed together.
struct SpawnPlan {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;

    SpawnPlan() {
        posix_spawn_file_actions_init(&actions);
        posix_spawnattr_init(&attributes);
    }
    ~SpawnPlan() {
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;
};

void planDescriptors(SpawnPlan& plan, int socket, ErrorOutput errors) {
    auto* actions = &plan.actions;
    // The socket first: should it be one of 0 to 2 here, the next lines may overwrite it.
    posix_spawn_file_actions_adddup2(actions, socket, ChildProcess::kSocket);
    posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    if (errors == ErrorOutput::Discard)
        posix_spawn_file_actions_addopen(actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(actions, ChildProcess::kSocket + 1);
}

void planSignals(SpawnPlan& plan) {
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&plan.attributes, &none);
    posix_spawnattr_setsigdefault(&plan.attributes, &all);
    posix_spawnattr_setflags(&plan.attributes,
                             POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
}

/// A null-terminated array of pointers into `strings`, as exec wants it.
std::vector<char*> pointersTo(std::vector<std::string>& strings) {
    std::vector<char*> pointers;
    for (auto& text : strings) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

Result<int> spawn(const ChildCommand& command, int socket) {
    SpawnPlan plan;
    planDescriptors(plan, socket, command.errors);
    planSignals(plan);
    std::vector<std::string> words{command.program.native()};
    words.insert(words.end(), command.arguments.begin(), command.arguments.end());
    std::vector<std::string> environment = command.environment;
    pid_t id = -1;
    const int problem = ::posix_spawn(&id, command.program.c_str(), &plan.actions, &plan.attributes,
                                      pointersTo(words).data(), pointersTo(environment).data());
    if (problem != 0) return systemError(problem, "cannot start \"" + displayPath(command.program) + "\"");
    return static_cast<int>(id);
}

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

}  // namespace

Result<ChildProcess> ChildProcess::start(const ChildCommand& command) {
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return systemError(errno, "cannot make a socket for a child process");
    UniqueFd ours(ends[0]);
    const UniqueFd theirs(ends[1]);
    TRY(const int id, spawn(command, theirs.get()));
    return ChildProcess(id, std::move(ours));
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : m_id(std::exchange(other.m_id, -1)), m_socket(std::move(other.m_socket)) {}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
    if (this == &other) return *this;
    kill();
    wait();
    m_id = std::exchange(other.m_id, -1);
    m_socket = std::move(other.m_socket);
    return *this;
}

ChildProcess::~ChildProcess() {
    kill();
    wait();
}

double ChildProcess::cpuSeconds() const {
    clockid_t clock{};
    timespec time{};
    if (m_id < 0 || ::clock_getcpuclockid(m_id, &clock) != 0 || ::clock_gettime(clock, &time) != 0) return 0;
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

void ChildProcess::kill() const {
    if (m_id > 0) ::kill(m_id, SIGKILL);
}

ChildExit ChildProcess::wait() {
    m_socket.reset();
    const int id = std::exchange(m_id, -1);
    if (id < 0) return {};
    int status = 0;
    rusage used{};
    pid_t reaped = -1;
    while ((reaped = ::wait4(id, &status, 0, &used)) < 0 && errno == EINTR) {
    }
    if (reaped < 0) return {};  // somebody else reaped it: nothing is known, and nothing is left to do
    const double cpu = seconds(used.ru_utime) + seconds(used.ru_stime);
    if (WIFSIGNALED(status)) return {0, WTERMSIG(status), cpu};
    return {WEXITSTATUS(status), 0, cpu};
}

}  // namespace commonplace::base
