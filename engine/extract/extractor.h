// Extractor: bytes of a file to pages of text, in a pool of worker processes that may crash, hang or grow
// without harm.
//
// Every byte of a document is parsed in a child process (this program's `worker` mode, ARCHITECTURE
// "Extraction worker"; the wire format is PROTOCOL.md): the parent hashes the file, passes it as a sealed
// memfd and gets pages back. A worker that dies is replaced and the file tried once more; the second death
// makes it `quarantined`. A worker that exceeds the time limit is killed (`timed_out`), one that exceeds the
// memory limit reports or dies (`too_big`).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/file.h"
#include "engine/base/result.h"
#include "engine/document/document.h"

namespace commonplace::extract {

struct Limits {
    double secondsPerFile = 30;
    std::uint64_t memoryBytes = 1'500'000'000;  ///< address space of a worker (RSS in sanitizer builds)
    std::uint64_t textBytes =
        256u << 20;  ///< text of one file; more is cut with status too_big… never in silence
};

struct Options {
    Limits limits;
    std::size_t workers = 2;
    /// The program to start with the single argument "worker"; empty: this program itself (/proc/self/exe).
    std::filesystem::path program;
    /// A worker is replaced after this many files (poppler's leaks stay bounded).
    int filesPerWorker = 200;
};

/// The bytes of one file, read once: hash and text are of the same bytes.
struct Snapshot {
    base::UniqueFd memory;  ///< sealed memfd: cannot grow, shrink or change
    std::uint64_t bytes = 0;
    std::string sha256;  ///< 64 hex digits
};

/// Reads and hashes a regular file. NotFound, Io (unreadable, or no regular file), Limit (over maxBytes, or
/// still growing while read: more bytes than fstat said arrive in two tries), Cancelled.
Result<Snapshot> takeSnapshot(const std::filesystem::path& path, std::uint64_t maxBytes,
                              std::stop_token stop);

/// What the name says (".pdf", ".md" …), Unknown for formats this build does not read.
document::Format formatOf(const std::filesystem::path& path);

/// Resources that the workers used so far (finished and running), for measurements.
struct Usage {
    double cpuSeconds = 0;
    int started = 0;
    int killed = 0;  ///< lost to a file: crash, impossible answer, memory or time limit; not those cancelled
                     ///< or worn out
};

/// The pool. Thread: extract() may be called from any number of threads; each call takes one free worker and
/// blocks until it is done.
class Extractor final {
  public:
    static Result<std::unique_ptr<Extractor>> create(Options options);
    ~Extractor();

    /// Never fails for what is in the file: every outcome is a Status with a reason. An Error is Cancelled,
    /// or an environment in which no worker can be started.
    Result<document::ExtractedDocument> extract(const Snapshot& file, document::Format format,
                                                std::stop_token stop);

    Usage usage() const;

  private:
    class Pool;
    explicit Extractor(std::unique_ptr<Pool> pool);
    std::unique_ptr<Pool> m_pool;
};

}  // namespace commonplace::extract
