#include "engine/library/index_run.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "engine/base/clock.h"
#include "engine/base/shell_word.h"
#include "engine/library/summary.h"

namespace commonplace::library {
namespace {

using ingest::Summary;
using store::Access;
using store::Depth;
using store::QueueState;

constexpr auto kFollowInterval = std::chrono::milliseconds(100);
/// A program that has written holds the lock for a moment at its end (logs.h), which is not worth a word.
constexpr int kWaitsBeforeNotice = 8;

std::set<std::string> pathsOf(const std::vector<store::Root>& roots) {
    std::set<std::string> paths;
    for (const store::Root& root : roots) paths.insert(root.path);
    return paths;
}

std::string offlineNotice(const ingest::Ingester::OfflineRoot& root) {
    const std::string shown = base::displayPath(root.path);
    const bool isGone = root.state == ingest::RootState::Gone;
    return shown + " is offline: " + (isGone ? "it is not there" : "the folder is empty") +
           "; is the drive connected? Its documents stay searchable; to take it out: commonplace forget " +
           base::shellWord(shown);
}

}  // namespace

Result<IndexReport> IndexRun::run(const IndexRequest& request, std::stop_token stop) {
    const base::Stopwatch clock;
    m_settings = request.settings.value_or(m_library.settings().index);
    m_depth = request.depth;
    TRY_VOID(openGuest());
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
    TRY_VOID(openGuest());
    for (;;) {
        if (stop.stop_requested()) return Error(ErrorCode::Cancelled, "stopped; the rest follows next time");
        TRY(const bool lacking, lacksVectors());
        if (!lacking || !m_problem.empty()) break;
        auto owner = becomeOwner();
        if (!owner && owner.error().code() != ErrorCode::Busy) return owner.error();
        if (owner)
            TRY_VOID(fillAsOwner(*owner, stop));
        else
            TRY_VOID(waitForOwner(stop));
    }
    if (!m_problem.empty()) m_report.errors.push_back(m_problem);
    m_report.summary.seconds = clock.seconds();
    return std::move(m_report);
}

Result<void> IndexRun::openGuest() {
    TRY(m_guest, store::LibraryStore::open(libraryFile(m_library.folder()), Access::Guest));
    return {};
}

Result<void> IndexRun::fillAsOwner(Owner& owner, const std::stop_token& stop) {
    QueueWork work = workOf(owner);
    TRY_VOID(work.workOff(Depth::TextAndVectors, stop));
    TRY_VOID(work.fillVectors(stop));
    m_problem = work.problem();
    m_report.summary = plus(m_report.summary, work.made());
    return {};
}

Result<bool> IndexRun::lacksVectors() {
    TRY(auto index, store::IndexStore::open(indexFile(m_library.folder()), Access::Guest));
    TRY(const store::Spaces spaces, index->spaces());
    if (!spaces.active || spaces.building) return true;
    TRY(const std::int64_t pending, index->pendingCount(spaces.active->id));
    return pending > 0;
}

Result<void> IndexRun::waitForOwner(const std::stop_token& stop) {
    if (++m_waits == kWaitsBeforeNotice)
        notice("process " + std::to_string(m_library.ownerPid()) + " is indexing this library; following it");
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
            TRY_VOID(workAsOwner(*owner, stop));
        } else if (owner.error().code() != ErrorCode::Busy) {
            return owner.error();
        } else {
            TRY_VOID(waitForOwner(stop));
        }
        TRY_VOID(collect(*m_guest));
    }
    return {};
}

Result<void> IndexRun::workAsOwner(Owner& owner, const std::stop_token& stop) {
    QueueWork work = workOf(owner);
    TRY_VOID(tellOffline(work));
    const auto done = work.workOff(m_depth, stop);
    m_problem = work.problem();
    m_report.summary.embedded += work.unclaimed();  // left by earlier runs: this one made them
    return done;
}

Result<void> IndexRun::tellOffline(QueueWork& work) {
    TRY(const auto offline, work.markOffline());
    for (const auto& root : offline) m_report.notices.push_back(offlineNotice(root));
    return {};
}

Result<Owner> IndexRun::becomeOwner() {
    TRY(auto lock, base::FileLock::tryAcquire(lockFile(m_library.folder())));
    *m_library.m_hasWritten = true;
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
        return m_guest->forgetTexts();  // of open entries, too
    });
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

QueueWork IndexRun::workOf(Owner& owner) {
    return QueueWork({owner, *m_library.m_models, m_gate, m_events, m_settings});
}

void IndexRun::notice(const std::string& line) {
    if (m_events.notice) m_events.notice(line);
}

}  // namespace commonplace::library
