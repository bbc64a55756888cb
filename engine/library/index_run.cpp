#include "engine/library/index_run.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <map>
#include <thread>
#include <utility>

#include "engine/base/clock.h"
#include "engine/library/removal.h"
#include "engine/library/vector_run.h"

namespace commonplace::library {
namespace {

using ingest::Summary;
using store::Access;
using store::Depth;
using store::QueueEntry;
using store::QueueState;

constexpr auto kFollowInterval = std::chrono::milliseconds(100);

std::vector<std::string> pathsOf(const std::vector<store::Root>& roots) {
    std::vector<std::string> paths;
    for (const store::Root& root : roots) paths.push_back(root.path);
    return paths;
}

/// A root that is not there is offline, which is no error; one that is there must be readable.
Result<void> checkListable(const std::string& path) {
    if (::access(path.c_str(), F_OK) != 0 || ::access(path.c_str(), R_OK) == 0) return {};
    return base::systemError(errno, "cannot read " + base::displayPath(path));
}

bool isKnownRoot(const std::vector<store::Root>& roots, const std::string& path) {
    return std::any_of(roots.begin(), roots.end(),
                       [&](const store::Root& root) { return root.path == path; });
}

}  // namespace

Result<IndexReport> IndexRun::run(const IndexRequest& request, std::stop_token stop) {
    const base::Stopwatch clock;
    m_settings = request.settings.value_or(m_library.settings().index);
    m_retry = request.retry;
    m_depth = request.depth;
    TRY(m_guest, store::LibraryStore::open(libraryFile(m_library.folder()), Access::Guest));
    TRY_VOID(enqueue(request));
    TRY_VOID(workOrFollow(stop));
    if (!m_problem.empty()) m_report.notices.push_back(m_problem);
    m_report.summary.seconds = clock.seconds();
    m_report.summary.secondsVectors += m_report.summary.secondsText;  // "until", not "for"
    return std::move(m_report);
}

Result<IndexReport> IndexRun::runVectors(std::stop_token stop) {
    const base::Stopwatch clock;
    m_settings = m_library.settings().index;
    for (;;) {
        if (stop.stop_requested()) return Error(ErrorCode::Cancelled, "stopped; the rest follows next time");
        TRY(const bool lacking, lacksVectors());
        if (!lacking || !m_problem.empty()) break;
        auto owner = becomeOwner();
        if (!owner && owner.error().code() != ErrorCode::Busy) return owner.error();
        if (owner) {
            TRY(const Summary vectors, embed(*owner, stop));
            m_report.summary = plus(m_report.summary, vectors);
            TRY_VOID(owner->index->database().checkpoint());
            TRY(const bool textWaits, owner->library->hasWaiting());
            if (!textWaits) continue;
        }
        owner = Error(ErrorCode::Busy, "");  // whoever queued the text is let in
        TRY_VOID(waitForOwner(stop));
    }
    if (!m_problem.empty()) m_report.errors.push_back(m_problem);
    m_report.summary.seconds = clock.seconds();
    return std::move(m_report);
}

Result<bool> IndexRun::lacksVectors() {
    TRY(auto index, store::IndexStore::open(indexFile(m_library.folder()), Access::Guest));
    TRY(const store::Spaces spaces, index->spaces());
    if (!spaces.active || spaces.building) return true;
    TRY(const std::int64_t pending, index->pendingCount(spaces.active->id));
    return pending > 0;
}

Result<void> IndexRun::waitForOwner(const std::stop_token& stop) {
    const int pid = m_library.ownerPid();
    if (pid > 0 && !std::exchange(m_waitingShown, true))
        notice("process " + std::to_string(pid) + " is indexing this library; following it");
    if (stop.stop_requested()) return Error(ErrorCode::Cancelled, "stopped; the rest follows next time");
    std::this_thread::sleep_for(kFollowInterval);
    return {};
}

Result<void> IndexRun::enqueue(const IndexRequest& request) {
    TRY(const auto roots, m_guest->roots());
    std::vector<std::string> paths;
    for (const auto& path : request.paths) {
        TRY(std::string absolute, base::absolutePath(path));
        paths.push_back(std::move(absolute));
    }
    if (request.paths.empty()) paths = pathsOf(roots);
    // One transaction: a thousand files named one by one must not cost a thousand waits for the disk.
    return m_guest->database().transact([&]() -> Result<void> {
        for (const std::string& path : paths) {
            std::error_code ignored;
            if (!isKnownRoot(roots, path) &&
                !std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) {
                m_report.errors.push_back("no such file or folder: " + base::displayPath(path));
                continue;
            }
            if (request.pathsAre == PathsAre::Roots) TRY_VOID(m_guest->addRoot(path));
            TRY(const std::int64_t id, m_guest->enqueue(path, request.depth));
            m_mine.push_back(id);
            m_queued.insert(path);
        }
        return {};
    });
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
            TRY_VOID(waitForOwner(stop));
        }
        TRY_VOID(collect(*m_guest));
    }
    return {};
}

Result<Owner> IndexRun::becomeOwner() {
    TRY(auto lock, base::FileLock::tryAcquire(lockFile(m_library.folder())));
    TRY(auto library, store::LibraryStore::open(libraryFile(m_library.folder()), Access::Checkpointer));
    TRY(auto index, openIndex(*library));
    extract::Options options;
    options.program = m_library.m_options.program;
    options.workers = m_settings.workers > 0 ? static_cast<std::size_t>(m_settings.workers)
                                             : std::max(1u, std::thread::hardware_concurrency());
    const std::size_t threads = options.workers;
    TRY(auto extractor, extract::Extractor::create(std::move(options)));
    return Owner{std::move(lock), std::move(index), std::move(library), std::move(extractor),
                 std::make_unique<base::ThreadPool>(threads)};
}

Result<std::unique_ptr<store::IndexStore>> IndexRun::openIndex(store::LibraryStore& library) {
    const auto file = indexFile(m_library.folder());
    if (fileIdentity(file) == 0) TRY_VOID(rebuildLater(library));
    auto index = store::IndexStore::open(file, Access::Checkpointer);
    if (index || index.error().code() != ErrorCode::Corrupt) return index;
    TRY_VOID(rebuildLater(
        library));  // before the file goes: a kill in between must not leave an empty index for good
    TRY(const std::string aside, setAside(file));
    notice("the index was damaged; it is kept as " + base::displayPath(aside) +
           " and rebuilt from your files");
    m_report.notices.push_back("the index was damaged (" + index.error().message() +
                               ") and has been rebuilt");
    m_library.m_models->forgetVectors();
    return store::IndexStore::open(file, Access::Checkpointer);
}

/// An empty index knows no file: every root goes into the queue, those of this call being there already.
Result<void> IndexRun::rebuildLater(store::LibraryStore& library) {
    TRY(const auto roots, library.roots());
    for (const store::Root& root : roots) {
        if (!m_queued.insert(root.path).second) continue;
        TRY(const std::int64_t id, library.enqueue(root.path, Depth::TextAndVectors));
        m_mine.push_back(id);
    }
    return {};
}

Result<void> IndexRun::workQueue(Owner& owner, const std::stop_token& stop) {
    TRY(const auto roots, owner.library->roots());
    TRY(const auto offline, ingester(owner).markOffline(pathsOf(roots)));
    for (const std::string& root : offline)
        m_report.notices.push_back(base::displayPath(root) +
                                   " is offline; its documents stay in the library");
    for (;;) {
        TRY(const auto entries, owner.library->takeQueue());
        if (entries.empty() && m_owed.empty()) return owner.index->database().checkpoint();
        TRY_VOID(workTexts(owner, entries, stop));
        // Asked for text only: what a run that was killed still owes stays queued for the next one.
        if (m_depth == Depth::Text) m_owed.clear();
        if (!m_owed.empty()) TRY_VOID(workVectors(owner, stop));
    }
}

/// Text of all entries first, then the vectors of all: everything is findable by words as early as possible.
Result<void> IndexRun::workTexts(Owner& owner, const std::vector<QueueEntry>& entries,
                                 const std::stop_token& stop) {
    std::map<std::string, Summary>
        done;  // a path queued twice (after a kill) is worked once, and both hear of it
    for (const QueueEntry& entry : entries) {
        if (const auto listed = checkListable(entry.path); !listed) {
            TRY_VOID(owner.library->finish(entry.id, QueueState::Failed, listed.error().message()));
            continue;
        }
        if (!done.contains(entry.path)) {
            TRY(done[entry.path], workEntry(owner, entry, stop));  // an error leaves the entry waiting
        }
        const Summary& summary = done[entry.path];
        if (entry.depth == Depth::TextAndVectors)
            m_owed.emplace_back(entry.id, summary);
        else
            TRY_VOID(owner.library->finish(entry.id, QueueState::Done, toJson(summary)));
    }
    return {};
}

/// Ends early when text waits; the entries that are owed vectors are done once nothing is pending any more.
Result<void> IndexRun::workVectors(Owner& owner, const std::stop_token& stop) {
    TRY(const Summary vectors, embed(owner, stop));
    m_owed.back().second = plus(m_owed.back().second, vectors);
    TRY(const bool textWaits, owner.library->hasWaiting());
    if (textWaits) return {};
    for (const auto& [id, summary] : m_owed)
        TRY_VOID(owner.library->finish(id, QueueState::Done, toJson(summary)));
    m_owed.clear();
    return {};
}

Result<Summary> IndexRun::workEntry(Owner& owner, const QueueEntry& entry, const std::stop_token& stop) {
    std::error_code ignored;
    TRY(const auto roots, owner.library->roots());
    const auto watched = std::any_of(roots.begin(), roots.end(), [&](const store::Root& root) {
        return base::isAtOrBelow(entry.path, root.path);
    });
    if (!watched || !std::filesystem::exists(entry.path, ignored))
        return Summary{};  // offline, or gone or removed since it was queued
    ingest::TextJob job;
    job.path = entry.path;
    job.roots = pathsOf(roots);
    job.rules.maxFileBytes = m_settings.maxFileBytes;
    job.rules.ignoredFolders = m_settings.ignoredNames;
    TRY(job.rules.excludedFiles, excludedFiles(*owner.library));
    job.retry = m_retry;
    return ingester(owner).indexText(job, stop);
}

Result<Summary> IndexRun::embed(Owner& owner, const std::stop_token& stop) {
    const auto textWaits = [&] {
        const auto waiting = owner.library->hasWaiting();
        return waiting && *waiting;
    };
    VectorRun run({*m_library.m_models, *owner.index, *owner.library, ingester(owner),
                   [this](const std::string& line) { notice(line); }});
    auto summary = run.run(textWaits, stop);
    m_problem = run.problem();
    return summary;
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
