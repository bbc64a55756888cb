#include "engine/ingest/text_stage.h"

#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <utility>

#include "engine/base/ancestors.h"
#include "engine/base/file.h"
#include "engine/ingest/channel.h"

namespace commonplace::ingest {
namespace {

using document::Status;

/// Few enough that a kill costs little, many enough that small notes share a commit.
constexpr std::size_t kOutcomeBytes = 1u << 20;  // an outcome without text counts, too: batches stay short
constexpr std::size_t kQueuedBytes = 64u << 20;  // of text read and not stored yet
constexpr double kReportSeconds = 0.1;

bool exists(const std::string& path) {
    struct stat info {};
    return ::lstat(path.c_str(), &info) == 0;
}

/// Errors that concern one document only: it gets a row that says so, and the run goes on.
bool isAboutOneDocument(ErrorCode code) {
    return code == ErrorCode::InvalidArgument || code == ErrorCode::Limit || code == ErrorCode::Internal ||
           code == ErrorCode::Unsupported;
}

bool isStrictlyBelow(const std::string& path, const std::string& folder) {
    return path != folder && base::isAtOrBelow(path, folder);
}

/// What an outcome holds in memory, near enough: chunks repeat the text of their pages.
std::size_t weightOf(const Outcome& outcome) {
    std::size_t bytes = kOutcomeBytes;
    for (const document::Page& page : outcome.document.content.pages) bytes += 2 * page.text.size();
    return bytes;
}

}  // namespace

Result<Summary> TextStage::run(std::stop_token stop) {
    TRY_VOID(prepare(stop));
    TRY_VOID(m_tools.store.database().transact([this]() -> Result<void> {
        TRY_VOID(markStates());
        return storeSkipped();
    }));
    TRY_VOID(readAndStore(stop));
    TRY_VOID(storeDeferred(stop));
    m_job.around.known.add(m_read);
    if (m_interrupted) return *m_interrupted;
    if (stop.stop_requested())
        return Error(ErrorCode::Cancelled, "indexing was stopped; what was stored stays");
    m_counters.summary.secondsText = m_clock.seconds();
    m_counters.summary.seconds = m_counters.summary.secondsText;
    return m_counters.summary;
}

Result<void> TextStage::prepare(const std::stop_token& stop) {
    TRY(const ScanResult found, scanAll(stop));
    TRY(const auto known, m_tools.store.pathsUnder(m_job.path));
    m_plan = makePlan(found, known, extractorVersion(), m_job.retry);
    for (const Candidate& candidate : m_plan.read) m_bytesTotal += candidate.file.facts.bytes;
    m_counters.summary.seen = static_cast<std::int64_t>(found.files.size());
    m_counters.summary.unchanged = m_plan.unchanged;
    m_counters.summary.failed = m_plan.failedUnchanged;
    m_counters.summary.missing = static_cast<std::int64_t>(m_plan.missing.size());
    return m_plan.read.empty() ? Result<void>{} : m_job.around.known.load(m_tools.store, m_job.retry);
}

/// A root inside this one has been chosen by name: it is scanned as itself, so that it is not judged by the
/// rules for what lies around it (a hidden or ignored folder).
Result<ScanResult> TextStage::scanAll(const std::stop_token& stop) {
    TRY(ScanResult found, scanOne(m_job.path, stop));
    const auto& roots = m_job.around.roots;
    // What begins with "folder/" stands together in the order of bytes.
    const std::string inside = m_job.path.ends_with('/') ? m_job.path : m_job.path + '/';
    for (auto at = roots.upper_bound(inside); at != roots.end(); ++at) {
        const std::string& root = at->first;
        if (!isStrictlyBelow(root, m_job.path)) break;
        auto own = scanOne(root, stop);
        if (!own && own.error().code() == ErrorCode::Cancelled) return own.error();
        if (!own) {
            found.unreadableFolders.push_back(root);  // offline: what lies there keeps its state
            continue;
        }
        found.files.insert(found.files.end(), own->files.begin(), own->files.end());
        found.unreadableFolders.insert(found.unreadableFolders.end(), own->unreadableFolders.begin(),
                                       own->unreadableFolders.end());
    }
    std::sort(found.files.begin(), found.files.end(),
              [](const FoundFile& a, const FoundFile& b) { return a.facts.path < b.facts.path; });
    return found;
}

/// Without what lies in roots further in. An empty root may be the place where a drive belongs
/// (root_state.h): then it says nothing of its files. (A folder inside a root was emptied by somebody.)
Result<ScanResult> TextStage::scanOne(const std::string& path, const std::stop_token& stop) {
    TRY(ScanResult found, scan(path, m_job.around.rules, stop));
    std::erase_if(found.files, [&](const FoundFile& file) {
        return isStrictlyBelow(innermostRoot(file.facts.path), path);
    });
    if (!found.isEmpty || !m_job.around.roots.contains(path)) return found;
    TRY(const bool reachable, isReachable(path));
    if (!reachable) found.unreadableFolders.push_back(path);
    return found;
}

/// Empty: no root is around that path.
std::string TextStage::innermostRoot(const std::string& path) const {
    return base::firstAtOrAbove(
        path, [this](const std::string& folder) { return m_job.around.roots.contains(folder); });
}

Result<void> TextStage::markStates() {
    TRY_VOID(m_tools.store.setPathState(m_plan.backAgain, store::PathState::Present));
    TRY_VOID(m_tools.store.removePaths(m_plan.forget));
    return m_tools.store.setPathState(m_plan.missing, store::PathState::Missing);
}

Result<void> TextStage::storeSkipped() {
    for (const FoundFile& file : m_plan.skip) {
        TRY_VOID(m_tools.store.storeUnhashed(file.facts, file.skip, file.reason));
        if (document::isFailure(file.skip))
            ++m_counters.summary.failed;
        else
            ++m_counters.summary.unread;
    }
    m_counters.summary.changed += m_plan.skippedAgain;
    m_counters.summary.added += static_cast<std::int64_t>(m_plan.skip.size()) - m_plan.skippedAgain;
    return {};
}

Result<void> TextStage::readAndStore(const std::stop_token& stop) {
    const std::size_t producers = std::min(m_tools.pool.size(), std::max<std::size_t>(1, m_plan.read.size()));
    Channel<Outcome> channel(kQueuedBytes, producers);
    Reader reader(m_tools.extractor, m_job.around.known, m_job.around.rules.maxFileBytes);
    std::atomic<std::size_t> next = 0;
    std::stop_source failed;  // the store has failed: stop reading
    const auto produce = [&] {
        {  // the callback must be gone before finish(): after that the locals above may be gone, too
            const std::stop_callback forward(stop, [&failed] { failed.request_stop(); });
            for (std::size_t i = next++; i < m_plan.read.size() && !failed.stop_requested(); i = next++) {
                m_tools.gate.pass(failed.get_token());
                Outcome outcome = reader.read(m_plan.read[i].file, failed.get_token());
                outcome.candidate = i;
                const std::size_t weight = weightOf(outcome);
                channel.push(std::move(outcome), weight);
            }
        }
        channel.finish();
    };
    for (std::size_t i = 0; i < producers; ++i) m_tools.pool.submit(produce);
    std::optional<Error> error;
    for (auto batch = channel.popAll(); !batch.empty(); batch = channel.popAll()) {
        if (error) continue;  // drain until the producers are done with the locals above
        if (auto stored = storeBatch(batch); !stored) {
            error = stored.error();
            channel.abandon();
        }
        if (error || m_interrupted) failed.request_stop();
    }
    return error ? Result<void>(*error) : Result<void>{};
}

/// One transaction for all; when one document cannot be stored, one each, and that one gets a row that says
/// why.
Result<void> TextStage::storeBatch(const std::vector<Outcome>& batch) {
    const Counters before = m_counters;
    auto stored = m_tools.store.database().transact([&]() -> Result<void> {
        for (const Outcome& outcome : batch) TRY_VOID(store(outcome));
        return {};
    });
    if (!stored && isAboutOneDocument(stored.error().code())) {
        m_counters = before;
        stored = storeOneByOne(batch);
    }
    if (!stored) return stored.error();
    report(base::displayPath(m_plan.read[batch.back().candidate].file.facts.path));
    return {};
}

Result<void> TextStage::storeOneByOne(const std::vector<Outcome>& batch) {
    for (const Outcome& outcome : batch) {
        const Counters before = m_counters;
        auto stored = m_tools.store.database().transact([&] { return store(outcome); });
        if (stored) continue;
        if (!isAboutOneDocument(stored.error().code())) return stored.error();
        m_counters = before;
        Outcome row;
        row.candidate = outcome.candidate;
        row.kind = Outcome::Kind::Unhashed;
        row.status = Status::Damaged;
        row.reason = "its text could not be stored: " + stored.error().message();
        TRY_VOID(m_tools.store.database().transact([&] { return store(row); }));
    }
    return {};
}

Result<void> TextStage::store(const Outcome& outcome) {
    const Candidate& candidate = m_plan.read[outcome.candidate];
    ++m_counters.done;
    m_counters.bytesDone += candidate.file.facts.bytes;
    switch (outcome.kind) {
        case Outcome::Kind::Extracted:
            return storeExtracted(candidate, outcome);
        case Outcome::Kind::Known:
            return storeKnown(candidate, outcome.document.sha256);
        case Outcome::Kind::Unhashed:
            return storeUnhashed(candidate, outcome);
        case Outcome::Kind::Vanished:
            --m_counters.summary.seen;
            return {};
        case Outcome::Kind::Interrupted:
            m_interrupted = outcome.interruption;
            return {};
    }
    return {};
}

Result<void> TextStage::storeExtracted(const Candidate& candidate, const Outcome& outcome) {
    TRY_VOID(m_tools.store.storeDocument(outcome.document, candidate.file.facts));
    const bool sameAgain = candidate.formerSha256 == outcome.document.sha256;  // retried, or a new extractor
    if (candidate.kind == Candidate::Kind::NewPath)
        ++m_counters.summary.added;
    else if (sameAgain)
        ++m_counters.summary.unchanged;
    else
        ++m_counters.summary.changed;
    ++m_counters.summary.extracted;
    m_read.push_back(outcome.document.sha256);
    if (outcome.status == Status::NoText || outcome.status == Status::Unsupported)
        ++m_counters.summary.unread;
    m_counters.summary.pages += static_cast<std::int64_t>(outcome.document.content.pages.size());
    if (document::isFailure(outcome.status)) ++m_counters.summary.failed, ++m_counters.problems;
    return {};
}

Result<void> TextStage::storeKnown(const Candidate& candidate, const std::string& sha256) {
    TRY(const auto row, m_tools.store.findBySha256(sha256));
    if (!row) {
        Outcome waiting;
        waiting.kind = Outcome::Kind::Known;
        waiting.candidate = static_cast<std::size_t>(&candidate - m_plan.read.data());
        waiting.document.sha256 = sha256;
        m_deferred.push_back(std::move(waiting));
        return {};
    }
    TRY_VOID(m_tools.store.pointPath(candidate.file.facts, row->id));
    TRY(const Origin origin, releaseFormerPaths(*row, candidate.file.facts.path));
    if (candidate.formerSha256 == sha256)
        ++m_counters.summary.unchanged;
    else if (candidate.kind == Candidate::Kind::ChangedPath)
        ++m_counters.summary.changed;
    else if (origin == Origin::Gone)
        ++m_counters.summary.moved;
    else
        ++m_counters.summary.added;
    if (document::isFailure(row->status)) ++m_counters.summary.failed;
    return {};
}

Result<void> TextStage::storeUnhashed(const Candidate& candidate, const Outcome& outcome) {
    if (candidate.formerSha256) {
        // It was readable last time and may be again: what is known of it stays, and the next run looks
        // again.
        ++m_counters.summary.unchanged, ++m_counters.summary.failed, ++m_counters.problems;
        return {};
    }
    TRY_VOID(m_tools.store.storeUnhashed(candidate.file.facts, outcome.status, outcome.reason));
    if (candidate.kind == Candidate::Kind::NewPath)
        ++m_counters.summary.added;
    else
        ++m_counters.summary.unchanged;
    if (document::isFailure(outcome.status)) ++m_counters.summary.failed, ++m_counters.problems;
    return {};
}

/// Equal files whose content another thread was reading, and files that took each other's names: by now the
/// content has a row, or the row went with its last path and the file is read again.
Result<void> TextStage::storeDeferred(const std::stop_token& stop) {
    const KnownContents nothing;
    for (const Outcome& waiting : std::exchange(m_deferred, {})) {
        const Candidate& candidate = m_plan.read[waiting.candidate];
        TRY(const auto row, m_tools.store.findBySha256(waiting.document.sha256));
        Outcome outcome = waiting;
        if (!row)
            outcome = Reader(m_tools.extractor, nothing, m_job.around.rules.maxFileBytes)
                          .read(candidate.file, stop);
        outcome.candidate = waiting.candidate;
        TRY_VOID(storeBatch({outcome}));
    }
    return {};
}

Result<TextStage::Origin> TextStage::releaseFormerPaths(const store::DocumentRow& document,
                                                        const std::string& newPath) {
    std::vector<std::string> moved;
    std::vector<std::string> offline;
    for (const std::string& path : document.paths) {
        if (path == newPath || exists(path)) continue;
        TRY(const bool reachable, rootIsReachable(path));
        (reachable ? moved : offline).push_back(path);
    }
    if (moved.empty() && offline.empty()) return Origin::StillThere;
    for (const std::string& path : moved)  // moved, not missing
        m_counters.summary.missing -= std::count(m_plan.missing.begin(), m_plan.missing.end(), path);
    TRY_VOID(m_tools.store.setPathState(offline, store::PathState::Offline));
    TRY_VOID(m_tools.store.removePaths(moved));  // the new path points to the content already
    return Origin::Gone;
}

Result<bool> TextStage::rootIsReachable(const std::string& path) {
    const std::string root = innermostRoot(path);
    if (root.empty()) return false;
    return isReachable(root);
}

Result<bool> TextStage::isReachable(const std::string& root) {
    TRY(const RootState state, rootState(m_tools.store, root, m_job.around.roots.at(root)));
    return state == RootState::Here;
}

void TextStage::report(const std::string& current) {
    if (!m_onProgress || m_sinceReport.seconds() < kReportSeconds) return;
    m_sinceReport = {};
    m_onProgress(progressNow(current));
}

Progress TextStage::progressNow(const std::string& current) const {
    Progress progress;
    progress.phase = Phase::Text;
    progress.done = m_counters.done;
    progress.total = static_cast<std::int64_t>(m_plan.read.size());
    progress.pages = m_counters.summary.pages;
    progress.problems = m_counters.problems;
    const double seconds = m_clock.seconds();
    if (seconds > 0) progress.perSecond = static_cast<double>(m_counters.summary.pages) / seconds;
    const auto left = static_cast<double>(m_bytesTotal - std::min(m_counters.bytesDone, m_bytesTotal));
    if (m_counters.bytesDone > 0)
        progress.secondsLeft = seconds * left / static_cast<double>(m_counters.bytesDone);
    progress.diskNeedBytes = static_cast<std::uint64_t>(left);
    progress.current = current;
    return progress;
}

}  // namespace commonplace::ingest
