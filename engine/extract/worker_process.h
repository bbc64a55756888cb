// WorkerProcess: the parent's handle of one running worker: start, ask, and find out how it ended.
// Thread: one at a time; cpuSeconds() from any while end() has not been called.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "engine/base/child_process.h"
#include "engine/extract/extractor.h"
#include "engine/extract/inbox.h"
#include "engine/extract/reply.h"

namespace commonplace::extract {

/// A whole record to send, with a descriptor along unless that is -1.
struct Request {
    std::string record;
    int descriptor = -1;
};

/// Takes the records of an answer one by one; an Error says that the answer cannot be.
using AcceptRecord = std::function<Result<ReplyState>(const protocol::Record&)>;

/// What became of one request. After anything but Answered the worker must be ended.
struct Attempt {
    enum class Outcome {
        Answered,
        Crashed,      ///< the process ended on this file
        Nonsense,     ///< it gave an answer that cannot be
        OutOfMemory,  ///< it reached its memory limit
        TimedOut,
        Cancelled,
    };
    Outcome outcome = Outcome::Crashed;
    document::ExtractedDocument document;  ///< when extract() was Answered
    std::string detail;                    ///< what happened, for people: "signal 11"
};

class WorkerProcess final {
  public:
    /// Starts the program; an Error is about the environment.
    static Result<std::unique_ptr<WorkerProcess>> start(const Options& options);

    /// One file. An Error means that this process never became a worker (not the program we expect, or an
    /// environment that cannot run it).
    Result<Attempt> extract(const Snapshot& file, document::Format format, const std::stop_token& stop);

    /// Any request. Errors as extract().
    Result<Attempt> ask(const Request& request, const AcceptRecord& accept, const std::stop_token& stop);

    /// Requests made so far.
    int files() const { return m_files; }
    double cpuSeconds() const { return m_child.cpuSeconds(); }
    /// Kills and reaps; returns the processor time of its whole life.
    double end();

  private:
    WorkerProcess(base::ChildProcess child, const Limits& limits);
    Result<void> greet();
    Result<Attempt> converse(const Request& request, const AcceptRecord& accept);
    Attempt explain(const Error& error);
    base::ChildExit reap();

    base::ChildProcess m_child;
    Limits m_limits;
    Inbox m_inbox;
    bool m_greeted = false;
    int m_files = 0;
    double m_finalCpu = 0;
};

}  // namespace commonplace::extract
