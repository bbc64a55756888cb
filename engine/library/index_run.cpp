#include "engine/library/index_run.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <map>
#include <thread>
#include <utility>

#include "engine/base/clock.h"
#include "engine/library/shares.h"
#include "engine/library/vector_run.h"

namespace commonplace::library {
namespace {

using ingest::Summary;
using store::Access;
using store::Depth;
using store::QueueEntry;
using store::QueueState;

constexpr auto kFollowInterval = std::chrono::milliseconds(100);

std::set<std::string> pathsOf(const std::vector<store::Root>& roots) {
    std::set<std::string> paths;
    for (const store::Root& root : roots) paths.insert(root.path);
    return paths;
}

/// A root that is not there is offline, which is no error; one that is there must be readable.
Result<void> checkListable(const std::string& path) {
    if (::access(path.c_str(), F_OK) != 0 || ::access(path.c_str(), R_OK) == 0) return {};
    return base::systemError(errno, "cannot read " + base::displayPath(path));
}

/// The paths of which anybody wants the failures read again.
std::set<std::string> retriedPaths(const std::vector<QueueEntry>& entries) {
    std::set<std::string> paths;
    for (const QueueEntry& entry : entries)
        if (entry.retry == store::Retry::Failures) paths.insert(entry.path);
    return paths;
}

std::string offlineNotice(const ingest::Ingester::OfflineRoot& root) {
    const std::string shown = base::displayPath(root.path);
    const bool isGone = root.state == ingest::RootState::Gone;
    return shown + " is offline: " + (isGone ? "it is not there" : "the folder is empty") +
           "; is the drive connected? Its documents stay searchable; 'commonplace forget " + shown +
           "' takes it out";
}

}  // namespace

Result<IndexReport> IndexRun::run(const IndexRequest& request, std::stop_token stop) {
    const base::Stopwatch clock;
    m_settings = request.settings.value_or(m_library.settings().index);
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
            TRY(const ingest::Embedded vectors, embed(*owner, stop));
            m_report.summary = plus(m_report.summary, vectors.summary);
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
    TRY(const auto rootList, m_guest->roots());
    const std::set<std::string> roots = pathsOf(rootList);
    std::vector<std::string> paths;
    for (const auto& path : request.paths) {
        TRY(std::string absolute, base::absolutePath(path));
        paths.push_back(std::move(absolute));
    }
    if (request.paths.empty()) paths.assign(roots.begin(), roots.end());
    // One transaction: a thousand files named one by one must not cost a thousand waits for the disk.
    return m_guest->database().transact([&]() -> Result<void> {
        for (const std::string& path : paths) {
            std::error_code ignored;
            if (!roots.contains(path) &&
                !std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) {
                m_report.errors.push_back("no such file or folder: " + base::displayPath(path));
                continue;
            }
            if (!m_queued.insert(path).second) continue;  // named twice
            if (request.pathsAre == PathsAre::Roots) TRY_VOID(m_guest->addRoot(path));
            TRY(const std::int64_t id, m_guest->enqueue({path, request.depth, request.retry}));
            m_mine.push_back(id);
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
    TRY(auto index, openIndex());
    extract::Options options;
    options.program = m_library.m_options.program;
    options.workers = m_settings.workers > 0 ? static_cast<std::size_t>(m_settings.workers)
                                             : std::max(1u, std::thread::hardware_concurrency());
    const std::size_t threads = options.workers;
    TRY(auto extractor, extract::Extractor::create(std::move(options)));
    return Owner{std::move(lock), std::move(index), std::move(library), std::move(extractor),
                 std::make_unique<base::ThreadPool>(threads)};
}

Result<std::unique_ptr<store::IndexStore>> IndexRun::openIndex() {
    const auto file = indexFile(m_library.folder());
    if (fileIdentity(file) == 0) TRY_VOID(rebuildLater());
    auto index = store::IndexStore::open(file, Access::Checkpointer);
    if (index || index.error().code() != ErrorCode::Corrupt) return index;
    // Before the file goes: a kill in between must not leave an empty index for good.
    TRY_VOID(rebuildLater());
    TRY(const std::string aside, setAside(file));
    notice("the index was damaged; it is kept as " + base::displayPath(aside) +
           " and rebuilt from your files");
    m_report.notices.push_back("the index was damaged (" + index.error().message() +
                               ") and has been rebuilt");
    m_library.m_models->forgetVectors();
    return store::IndexStore::open(file, Access::Checkpointer);
}

/// An empty index knows no file: every root goes into the queue, those of this call being there already. No
/// further than this call goes: it waits for them, and would wait for ever for vectors that it does not make.
Result<void> IndexRun::rebuildLater() {
    TRY(const auto roots, m_guest->roots());
    return m_guest->database().transact([&]() -> Result<void> {
        for (const store::Root& root : roots) {
            if (!m_queued.insert(root.path).second) continue;
            TRY(const std::int64_t id, m_guest->enqueue({root.path, m_depth}));
            m_mine.push_back(id);
        }
        return {};
    });
}

Result<void> IndexRun::tellOffline(Owner& owner) {
    TRY(const auto roots, owner.library->roots());
    TRY(const auto offline, ingester(owner).markOffline(pathsOf(roots)));
    for (const auto& root : offline) m_report.notices.push_back(offlineNotice(root));
    return {};
}

Result<void> IndexRun::workQueue(Owner& owner, const std::stop_token& stop) {
    TRY_VOID(tellOffline(owner));
    for (;;) {
        TRY(const auto entries, owner.library->takeQueue());
        TRY_VOID(workTexts(owner, entries, stop));
        if (m_depth == Depth::TextAndVectors && !m_owed.empty()) {
            TRY_VOID(workVectors(owner, stop));
        } else if (entries.empty()) {
            // Asked for text only: the vectors that other runs wait for are left to the next one, with what
            // was done for them so far.
            TRY_VOID(finishOwed(owner, QueueState::Waiting));
            return owner.index->database().checkpoint();
        }
    }
}

/// Text of all entries first, then the vectors of all: everything is findable by words as early as possible.
Result<void> IndexRun::workTexts(Owner& owner, const std::vector<QueueEntry>& entries,
                                 const std::stop_token& stop) {
    QueueEnds ends(*owner.library);
    const auto worked = workEach(owner, entries, ends, stop);  // an error leaves its entry waiting
    TRY_VOID(ends.flush());
    return worked;
}

Result<void> IndexRun::workEach(Owner& owner, const std::vector<QueueEntry>& entries, QueueEnds& ends,
                                const std::stop_token& stop) {
    WatchedPaths watched(*owner.library, m_settings);
    const std::set<std::string> retried = retriedPaths(entries);
    std::map<std::string, Summary>
        done;  // a path queued twice (after a kill) is worked once, and both hear of it
    for (QueueEntry entry : entries) {
        if (!entry.summary.empty()) {  // its text was done by a run that makes no vectors
            TRY(const Summary before, summaryFromJson(entry.summary));
            m_owed.push_back({std::move(entry), before});
            continue;
        }
        if (const auto listed = checkListable(entry.path); !listed) {
            TRY_VOID(ends.add({entry.id, QueueState::Failed, listed.error().message()}));
            continue;
        }
        if (!done.contains(entry.path)) {
            if (retried.contains(entry.path)) entry.retry = store::Retry::Failures;
            TRY(done[entry.path], workEntry(owner, watched, entry, stop));
        }
        const Summary& summary = done[entry.path];
        if (entry.depth == Depth::TextAndVectors)
            m_owed.push_back({std::move(entry), summary});
        else
            TRY_VOID(ends.add({entry.id, QueueState::Done, toJson(summary)}));
    }
    return {};
}

/// Ends early when text waits; the entries that are owed vectors are done once nothing is pending any more.
Result<void> IndexRun::workVectors(Owner& owner, const std::stop_token& stop) {
    TRY(const ingest::Embedded embedded, embed(owner, stop));
    TRY_VOID(shareOut(owner, embedded));
    TRY(const bool textWaits, owner.library->hasWaiting());
    return textWaits ? Result<void>{} : finishOwed(owner, QueueState::Done);
}

Result<void> IndexRun::shareOut(Owner& owner, const ingest::Embedded& embedded) {
    std::vector<Claim> claims;
    for (const Owed& owed : m_owed) claims.push_back({owed.entry.path, owed.entry.queuedBy});
    TRY(const Shares shares, sharesOf(*owner.index, embedded.segments, claims));
    Summary time = embedded.summary;
    time.embedded = 0;
    std::set<std::string> runs;  // the sum over a run's entries holds the time once
    for (std::size_t i = 0; i < m_owed.size(); ++i) {
        Owed& owed = m_owed[i];
        owed.summary.embedded += shares.perClaim[i];
        if (runs.insert(owed.entry.queuedBy).second) owed.summary = plus(owed.summary, time);
    }
    m_report.summary.embedded += shares.unclaimed;  // left by earlier runs: this one made them
    return {};
}

Result<void> IndexRun::finishOwed(Owner& owner, QueueState state) {
    std::vector<store::QueueEnd> ends;
    for (const Owed& owed : m_owed) ends.push_back({owed.entry.id, state, toJson(owed.summary)});
    TRY_VOID(owner.library->finish(ends));
    m_owed.clear();
    return {};
}

Result<Summary> IndexRun::workEntry(Owner& owner, WatchedPaths& watched, const QueueEntry& entry,
                                    const std::stop_token& stop) {
    std::error_code ignored;
    TRY_VOID(watched.refresh());
    if (!watched.isWatched(entry.path) || !std::filesystem::exists(entry.path, ignored))
        return Summary{};  // offline, or gone or removed since it was queued
    return ingester(owner).indexText({entry.path, watched.surroundings(), entry.retry}, stop);
}

Result<ingest::Embedded> IndexRun::embed(Owner& owner, const std::stop_token& stop) {
    const auto textWaits = [&] {
        const auto waiting = owner.library->hasWaiting();
        return waiting && *waiting;
    };
    VectorRun run({*m_library.m_models, *owner.index, *owner.library, ingester(owner),
                   [this](const std::string& line) { notice(line); }});
    auto embedded = run.run(textWaits, stop);
    m_problem = run.problem();
    return embedded;
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
