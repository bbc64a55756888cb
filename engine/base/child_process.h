// ChildProcess: a program started with one socket to talk over, and nothing else of ours: no other
// descriptor, no signal disposition, no controlling terminal (Ctrl-C at the terminal is the parent's
// business), only the environment it is given.
//
// The child is started with posix_spawn (vfork semantics: its cost does not grow with the parent's memory).
// It is killed and reaped by the destructor. PR_SET_PDEATHSIG is not used: it fires when the *thread* that
// started the child ends, and children here are started from pool threads. A child learns of its parent's end
// by the hang-up of its socket.
//
// Thread: one object, one thread at a time; kill() and cpuSeconds() may be called from others until wait()
// was called.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/file.h"
#include "engine/base/result.h"

namespace commonplace::base {

enum class ErrorOutput { Discard, Inherit };

struct ChildCommand {
    std::filesystem::path program;
    std::vector<std::string> arguments;         ///< without the program's name
    std::vector<std::string> environment;       ///< "NAME=value"; the whole environment of the child
    ErrorOutput errors = ErrorOutput::Discard;  ///< standard input and output are always /dev/null
};

/// How a child ended, and the processor time it used (wait4).
struct ChildExit {
    int code = 0;    ///< exit code; meaningless when `signal` is not 0
    int signal = 0;  ///< the signal that ended it, 0 when it exited by itself
    double cpuSeconds = 0;
};

class ChildProcess final {
  public:
    /// The child finds its end of the socket (AF_UNIX, SOCK_STREAM) at this descriptor.
    static constexpr int kSocket = 3;

    /// NotFound or Io when the program cannot be started.
    static Result<ChildProcess> start(const ChildCommand& command);

    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&& other) noexcept;
    ~ChildProcess();

    int id() const { return m_id; }
    /// Our end of the socket; close-on-exec.
    int socket() const { return m_socket.get(); }
    /// Processor time used so far; 0 once the child is reaped.
    double cpuSeconds() const;
    /// SIGKILL; harmless when it has already ended.
    void kill() const;
    /// Closes the socket and waits for the end. Must be called once at most.
    ChildExit wait();

  private:
    ChildProcess(int id, UniqueFd socket) : m_id(id), m_socket(std::move(socket)) {}
    int m_id = -1;  ///< process id; -1 once reaped, so that no other process of that number is ever touched
    UniqueFd m_socket;
};

}  // namespace commonplace::base
