#include "engine/extract/extractor.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <optional>

#include "engine/extract/worker_pool.h"

namespace commonplace::extract {
namespace {

using document::ExtractedDocument;
using document::Format;
using document::Status;
using Outcome = Attempt::Outcome;

/// Whether a file that broke its worker may be tried on a fresh one.
enum class Chance { Another, Last };

ExtractedDocument verdict(Format format, Status status, std::string reason) {
    ExtractedDocument document;
    document.format = format;
    document.status = status;
    document.reason = std::move(reason);
    return document;
}

std::string inWords(double number) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3g", number);
    return text;
}

std::string timeReason(const Limits& limits) {
    return "reading it took longer than " + inWords(limits.secondsPerFile) + " s and was stopped";
}

std::string memoryReason(const Limits& limits) {
    return "reading it needs more memory than the limit of " +
           inWords(static_cast<double>(limits.memoryBytes) / 1e9) + " GB";
}

std::string crashReason(const Attempt& last) {
    if (last.outcome == Outcome::Nonsense) return "the reader gave impossible answers about this file twice";
    return "the reader crashed twice on this file (" + last.detail + ")";
}

/// What the loss of a worker means for its file; nothing while there is another chance.
std::optional<ExtractedDocument> judge(const Attempt& lost, Format format, const Limits& limits,
                                       Chance chance) {
    if (lost.outcome == Outcome::TimedOut) return verdict(format, Status::TimedOut, timeReason(limits));
    if (chance == Chance::Another) return std::nullopt;
    if (lost.outcome == Outcome::OutOfMemory) return verdict(format, Status::TooBig, memoryReason(limits));
    return verdict(format, Status::Quarantined, crashReason(lost));
}

}  // namespace

class Extractor::Pool final {
  public:
    explicit Pool(Options options) : m_workers(std::move(options)) {}

    Result<ExtractedDocument> extract(const Snapshot& file, Format format, const std::stop_token& stop) {
        const auto lease = m_workers.acquire(stop);
        if (!lease) return Error(ErrorCode::Cancelled, "extraction was cancelled");
        for (const Chance chance : {Chance::Another, Chance::Last}) {
            TRY(auto document, attempt(*lease, {file, format, stop}, chance));
            if (document) return std::move(*document);
        }
        return Error(ErrorCode::Internal, "a last attempt at a file ended without a verdict");
    }

    Usage usage() const { return m_workers.usage(); }

  private:
    struct Task {
        const Snapshot& file;
        Format format;
        const std::stop_token& stop;
    };
    Result<std::optional<ExtractedDocument>> attempt(WorkerPool::Lease& lease, const Task& task,
                                                     Chance chance);

    WorkerPool m_workers;
};

/// The document; nothing when the file deserves another chance, which is then a fresh worker's.
Result<std::optional<ExtractedDocument>> Extractor::Pool::attempt(WorkerPool::Lease& lease, const Task& task,
                                                                  Chance chance) {
    const Options& options = m_workers.options();
    TRY(WorkerProcess* const worker, lease.worker());
    const bool fresh = worker->files() == 0;
    auto tried = worker->extract(task.file, task.format, task.stop);
    if (!tried) {
        lease.lose();
        return tried.error();
    }
    if (tried->outcome == Outcome::Answered) {
        if (worker->files() >= options.filesPerWorker) lease.retire();
        return std::optional(std::move(tried->document));
    }
    if (tried->outcome == Outcome::Cancelled) {
        lease.retire();
        return Error(ErrorCode::Cancelled, "extraction was cancelled");
    }
    lease.lose();
    // Memory that earlier files left behind is no fault of this one; a fresh worker's verdict is final.
    const bool final = fresh && tried->outcome == Outcome::OutOfMemory;
    return judge(*tried, task.format, options.limits, final ? Chance::Last : chance);
}

Extractor::Extractor(std::unique_ptr<Pool> pool) : m_pool(std::move(pool)) {}
Extractor::~Extractor() = default;

Result<std::unique_ptr<Extractor>> Extractor::create(Options options) {
    if (options.program.empty()) options.program = "/proc/self/exe";
    if (::access(options.program.c_str(), X_OK) != 0)
        return base::systemError(errno,
                                 "cannot run \"" + base::displayPath(options.program) + "\" to read files");
    // A record's length has four bytes.
    options.limits.textBytes = std::clamp<std::uint64_t>(options.limits.textBytes, 1, 1u << 30);
    options.filesPerWorker = std::max(1, options.filesPerWorker);
    return std::unique_ptr<Extractor>(new Extractor(std::make_unique<Pool>(std::move(options))));
}

Result<ExtractedDocument> Extractor::extract(const Snapshot& file, Format format, std::stop_token stop) {
    if (stop.stop_requested()) return Error(ErrorCode::Cancelled, "extraction was cancelled");
    if (format == Format::Unknown)
        return verdict(format, Status::Unsupported, "files of this kind are not read by this version");
    return m_pool->extract(file, format, stop);
}

Usage Extractor::usage() const {
    return m_pool->usage();
}

}  // namespace commonplace::extract
