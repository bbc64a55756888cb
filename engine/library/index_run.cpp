#include "engine/library/index_run.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "engine/base/clock.h"

namespace commonplace::library {
namespace {

using ingest::Summary;
using store::Access;
using store::Depth;
using store::QueueEntry;
using store::QueueState;

constexpr auto kFollowInterval = std::chrono::milliseconds(100);

/// Absolute, without "." and "..", without a final slash; symlinks stay as the person wrote them.
std::string absolutePath(const std::filesystem::path& path) {
    std::error_code failed;
    std::filesystem::path absolute = std::filesystem::absolute(path, failed).lexically_normal();
    if (!absolute.has_filename() && absolute.has_parent_path() && absolute != absolute.root_path())
        absolute = absolute.parent_path();
    return absolute.native();
}

std::vector<std::string> pathsOf(const std::vector<store::Root>& roots) {
    std::vector<std::string> paths;
    for (const store::Root& root : roots) paths.push_back(root.path);
    return paths;
}

bool isKnownRoot(const std::vector<store::Root>& roots, const std::string& path) {
    return std::any_of(roots.begin(), roots.end(), [&](const store::Root& root) { return root.path == path; });
}

}  // namespace

Result<IndexReport> IndexRun::run(const IndexRequest& request, std::stop_token stop) {
    const base::Stopwatch clock;
    m_retry = request.retry;
    TRY(m_guest, store::LibraryStore::open(libraryFile(m_library.folder()), Access::Guest));
    TRY_VOID(enqueue(request));
    TRY_VOID(workOrFollow(stop));
    m_report.summary.seconds = clock.seconds();
    return std::move(m_report);
}

Result<void> IndexRun::enqueue(const IndexRequest& request) {
    TRY(const auto roots, m_guest->roots());
    std::vector<std::string> paths;
    for (const auto& path : request.paths) paths.push_back(absolutePath(path));
    if (request.paths.empty()) paths = pathsOf(roots);
    for (const std::string& path : paths) {
        std::error_code ignored;
        if (!isKnownRoot(roots, path) && !std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) {
            m_report.errors.push_back("no such file or folder: " + base::displayPath(path));
            continue;
        }
        TRY_VOID(m_guest->addRoot(path));
        TRY(const std::int64_t id, m_guest->enqueue(path, request.depth));
        m_mine.push_back(id);
    }
    return {};
}

/// Whoever holds the lock works; the others look again until their entries are done or the lock is free.
Result<void> IndexRun::workOrFollow(const std::stop_token& stop) {
    while (!m_mine.empty()) {
        if (stop.stop_requested()) return Error(ErrorCode::Cancelled, "stopped; the rest stays queued");
        auto owner = becomeOwner();
        if (owner) {
            TRY_VOID(workQueue(*owner, stop));
        } else if (owner.error().code() != ErrorCode::Busy) {
            return owner.error();
        } else {
            if (!std::exchange(m_waitingShown, true))
                notice("process " + std::to_string(m_library.ownerPid()) + " is indexing this library; following it");
            std::this_thread::sleep_for(kFollowInterval);
        }
        TRY_VOID(collect(*m_guest));
    }
    return {};
}

Result<Owner> IndexRun::becomeOwner() {
    const auto& settings = m_library.settings().index;
    TRY(auto lock, base::FileLock::tryAcquire(lockFile(m_library.folder())));
    TRY(auto library, store::LibraryStore::open(libraryFile(m_library.folder()), Access::Checkpointer));
    TRY(auto index, openIndex(*library));
    extract::Options options;
    options.program = m_library.m_options.program;
    options.workers = settings.workers > 0 ? static_cast<std::size_t>(settings.workers)
                                           : std::max(1u, std::thread::hardware_concurrency());
    const std::size_t threads = options.workers;
    TRY(auto extractor, extract::Extractor::create(std::move(options)));
    return Owner{std::move(lock), std::move(index), std::move(library), std::move(extractor),
                 std::make_unique<base::ThreadPool>(threads)};
}

Result<std::unique_ptr<store::IndexStore>> IndexRun::openIndex(store::LibraryStore& library) {
    const auto file = indexFile(m_library.folder());
    auto index = store::IndexStore::open(file, Access::Checkpointer);
    if (index || index.error().code() != ErrorCode::Corrupt) return index;
    TRY(const std::string aside, setAside(file));
    notice("the index was damaged; it is kept as " + base::displayPath(aside) + " and rebuilt from your files");
    m_report.notices.push_back("the index was damaged (" + index.error().message() + ") and has been rebuilt");
    m_library.m_resident->reset();
    TRY_VOID(rebuildLater(library));
    return store::IndexStore::open(file, Access::Checkpointer);
}

/// An empty index knows no file: every root goes into the queue, those of this call being there already.
Result<void> IndexRun::rebuildLater(store::LibraryStore& library) {
    TRY(const auto roots, library.roots());
    for (const store::Root& root : roots) {
        TRY(const std::int64_t id, library.enqueue(root.path, Depth::TextAndVectors));
        m_mine.push_back(id);
    }
    return {};
}

Result<void> IndexRun::workQueue(Owner& owner, const std::stop_token& stop) {
    TRY(const auto roots, owner.library->roots());
    TRY(const auto offline, ingester(owner).markOffline(pathsOf(roots)));
    for (const std::string& root : offline)
        m_report.notices.push_back(base::displayPath(root) + " is offline; its documents stay in the library");
    for (;;) {
        TRY(const auto entries, owner.library->takeQueue());
        if (entries.empty()) return owner.index->database().checkpoint();
        TRY_VOID(workEntries(owner, entries, stop));
    }
}

/// Text of all entries first, then the vectors of all: everything is findable by words as early as possible.
Result<void> IndexRun::workEntries(Owner& owner, const std::vector<QueueEntry>& entries, const std::stop_token& stop) {
    std::vector<std::pair<const QueueEntry*, Summary>> done;
    for (const QueueEntry& entry : entries) {
        auto summary = workEntry(owner, entry, stop);
        if (summary) {
            done.emplace_back(&entry, *summary);
        } else if (summary.error().code() == ErrorCode::NotFound || summary.error().code() == ErrorCode::Io) {
            TRY_VOID(owner.library->finish(entry.id, QueueState::Failed, summary.error().message()));
        } else {
            return summary.error();  // stopped, disk full, damaged: the entry counts as waiting again
        }
    }
    const bool wantVectors = std::any_of(done.begin(), done.end(), [](const auto& pair) {
        return pair.first->depth == Depth::TextAndVectors;
    });
    if (wantVectors) {
        TRY(const Summary vectors, embed(owner, stop));
        done.back().second = plus(done.back().second, vectors);
    }
    for (const auto& [entry, summary] : done)
        TRY_VOID(owner.library->finish(entry->id, QueueState::Done, toJson(summary)));
    return {};
}

Result<Summary> IndexRun::workEntry(Owner& owner, const QueueEntry& entry, const std::stop_token& stop) {
    std::error_code ignored;
    TRY(const auto roots, owner.library->roots());
    if (isKnownRoot(roots, entry.path) && !std::filesystem::exists(entry.path, ignored)) return Summary{};  // offline
    const auto& settings = m_library.settings().index;
    ingest::TextJob job;
    job.path = entry.path;
    job.roots = pathsOf(roots);
    job.rules.maxFileBytes = settings.maxFileBytes;
    job.rules.ignoredFolders = settings.ignoredNames;
    job.retry = m_retry;
    return ingester(owner).indexText(job, stop);
}

Result<Summary> IndexRun::embed(Owner& owner, const std::stop_token& stop) {
    const auto textWaits = [&] {
        const auto waiting = owner.library->hasWaiting();
        return waiting && *waiting;
    };
    return ingester(owner).indexVectors(m_library.embedder(), textWaits, stop);
}

/// Takes over the results of those entries of this call that are done.
Result<void> IndexRun::collect(store::LibraryStore& library) {
    std::vector<std::int64_t> open;
    for (const std::int64_t id : m_mine) {
        TRY(const auto entry, library.queueEntry(id));
        if (entry && entry->state == QueueState::Done) {
            TRY(const Summary summary, summaryFromJson(entry->summary));
            m_report.summary = plus(m_report.summary, summary);
        } else if (entry && entry->state == QueueState::Failed) {
            m_report.errors.push_back(entry->summary);
        } else if (entry) {
            open.push_back(id);
        }
    }
    m_mine = std::move(open);
    return {};
}

ingest::Ingester IndexRun::ingester(Owner& owner) {
    return {{*owner.index, *owner.extractor, *owner.pool, m_gate}, m_events.progress};
}

void IndexRun::notice(const std::string& line) {
    if (m_events.notice) m_events.notice(line);
}

}  // namespace commonplace::library
