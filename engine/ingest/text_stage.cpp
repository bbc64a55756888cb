#include "engine/ingest/text_stage.h"

#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <utility>

#include "engine/base/file.h"
#include "engine/ingest/channel.h"

namespace commonplace::ingest {
namespace {

using document::Status;

/// Few enough that a kill costs little, many enough that small notes share a commit.
constexpr std::size_t kQueued = 64;
constexpr double kReportSeconds = 0.1;

bool exists(const std::string& path) {
    struct stat info {};
    return ::lstat(path.c_str(), &info) == 0;
}

bool contains(const std::string& root, const std::string& path) {
    if (path == root) return true;
    return path.size() > root.size() && path.compare(0, root.size(), root) == 0 &&
           (root.back() == '/' || path[root.size()] == '/');
}

}  // namespace

Result<Summary> TextStage::run(std::stop_token stop) {
    TRY_VOID(prepare(stop));
    TRY_VOID(m_tools.store.database().transact([this]() -> Result<void> {
        TRY_VOID(markStates());
        return storeSkipped();
    }));
    TRY_VOID(readAndStore(stop));
    TRY_VOID(m_tools.store.database().transact([this] { return storeDeferred(); }));
    if (m_interrupted) return *m_interrupted;
    if (stop.stop_requested()) return Error(ErrorCode::Cancelled, "indexing was stopped; what was stored stays");
    m_summary.secondsText = m_clock.seconds();
    m_summary.seconds = m_summary.secondsText;
    return m_summary;
}

Result<void> TextStage::prepare(const std::stop_token& stop) {
    TRY(const ScanResult found, scan(m_job.path, m_job.rules, stop));
    TRY(const auto known, m_tools.store.pathsUnder(m_job.path));
    m_plan = makePlan(found, known, extractorVersion(), m_job.retry);
    for (const Candidate& candidate : m_plan.read) m_bytesTotal += candidate.file.facts.bytes;
    m_summary.seen = static_cast<std::int64_t>(found.files.size());
    m_summary.unchanged = m_plan.unchanged;
    m_summary.failed = m_plan.failedUnchanged;
    m_summary.missing = static_cast<std::int64_t>(m_plan.missing.size());
    return m_plan.read.empty() ? Result<void>{} : loadKnownContents();
}

/// Contents of this program's extractor that need not be read again, wherever in the library they were seen.
Result<void> TextStage::loadKnownContents() {
    TRY(const auto paths, m_tools.store.pathsUnder(""));
    for (const store::KnownPath& path : paths) {
        const bool retried = m_job.retry == Retry::Failures && document::isFailure(path.status);
        if (path.sha256 && path.extractor == extractorVersion() && path.status != Status::Pending && !retried)
            m_known.emplace(*path.sha256, path.document);
    }
    return {};
}

Result<void> TextStage::markStates() {
    TRY_VOID(m_tools.store.setPathState(m_plan.backAgain, store::PathState::Present));
    return m_tools.store.setPathState(m_plan.missing, store::PathState::Missing);
}

Result<void> TextStage::storeSkipped() {
    for (const FoundFile& file : m_plan.skip) {
        TRY_VOID(m_tools.store.storeUnhashed(file.facts, file.skip, file.reason));
        ++m_summary.added;
        if (document::isFailure(file.skip)) ++m_summary.failed;
    }
    return {};
}

Result<void> TextStage::readAndStore(const std::stop_token& stop) {
    const std::size_t producers = std::min(m_tools.pool.size(), std::max<std::size_t>(1, m_plan.read.size()));
    Channel<Outcome> channel(kQueued, producers);
    Reader reader(m_tools.extractor, m_known, m_job.rules.maxFileBytes);
    std::atomic<std::size_t> next = 0;
    std::stop_source failed;  // the store has failed: stop reading
    const auto produce = [&] {
        const std::stop_callback forward(stop, [&failed] { failed.request_stop(); });
        for (std::size_t i = next++; i < m_plan.read.size() && !failed.stop_requested(); i = next++) {
            m_tools.gate.pass(failed.get_token());
            Outcome outcome = reader.read(m_plan.read[i].file, failed.get_token());
            outcome.candidate = i;
            channel.push(std::move(outcome));
        }
        channel.finish();
    };
    for (std::size_t i = 0; i < producers; ++i) m_tools.pool.submit(produce);
    std::optional<Error> error;
    for (auto batch = channel.popAll(); !batch.empty(); batch = channel.popAll()) {
        if (error) continue;  // drain until the producers are done with the locals above
        if (auto stored = storeBatch(batch); !stored) {
            error = stored.error();
            failed.request_stop();
            channel.abandon();
        }
    }
    return error ? Result<void>(*error) : Result<void>{};
}

Result<void> TextStage::storeBatch(const std::vector<Outcome>& batch) {
    TRY_VOID(m_tools.store.database().transact([&]() -> Result<void> {
        for (const Outcome& outcome : batch) TRY_VOID(store(outcome));
        return {};
    }));
    report(base::displayPath(m_plan.read[batch.back().candidate].file.facts.path));
    return {};
}

Result<void> TextStage::store(const Outcome& outcome) {
    const Candidate& candidate = m_plan.read[outcome.candidate];
    ++m_done;
    m_bytesDone += candidate.file.facts.bytes;
    switch (outcome.kind) {
        case Outcome::Kind::Extracted: return storeExtracted(candidate, outcome);
        case Outcome::Kind::Known: return storeKnown(candidate, outcome.document.sha256);
        case Outcome::Kind::Unhashed: return storeUnhashed(candidate, outcome);
        case Outcome::Kind::Vanished: --m_summary.seen; return {};
        case Outcome::Kind::Interrupted: m_interrupted.emplace(ErrorCode::Cancelled, outcome.reason); return {};
    }
    return {};
}

Result<void> TextStage::storeExtracted(const Candidate& candidate, const Outcome& outcome) {
    TRY(const auto id, m_tools.store.storeDocument(outcome.document, candidate.file.facts));
    m_known.emplace(outcome.document.sha256, id);
    const bool sameAgain = candidate.formerSha256 == outcome.document.sha256;  // retried, or a new extractor
    if (candidate.kind == Candidate::Kind::NewPath) ++m_summary.added;
    else if (sameAgain) ++m_summary.unchanged;
    else ++m_summary.changed;
    ++m_summary.extracted;
    m_summary.pages += static_cast<std::int64_t>(outcome.document.content.pages.size());
    if (document::isFailure(outcome.status)) ++m_summary.failed, ++m_problems;
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
    if (candidate.formerSha256 == sha256) ++m_summary.unchanged;
    else if (candidate.kind == Candidate::Kind::ChangedPath) ++m_summary.changed;
    else if (origin == Origin::Gone) ++m_summary.moved;
    else ++m_summary.added;
    if (document::isFailure(row->status)) ++m_summary.failed;
    return {};
}

Result<void> TextStage::storeUnhashed(const Candidate& candidate, const Outcome& outcome) {
    TRY_VOID(m_tools.store.storeUnhashed(candidate.file.facts, outcome.status, outcome.reason));
    if (candidate.kind == Candidate::Kind::NewPath) ++m_summary.added;
    else if (!candidate.formerSha256) ++m_summary.unchanged;
    else ++m_summary.changed;
    if (document::isFailure(outcome.status)) ++m_summary.failed, ++m_problems;
    return {};
}

/// By now every content that will be stored in this run is; what still has no row was interrupted and comes again.
Result<void> TextStage::storeDeferred() {
    for (const Outcome& outcome : std::exchange(m_deferred, {}))
        TRY_VOID(storeKnown(m_plan.read[outcome.candidate], outcome.document.sha256));
    m_deferred.clear();
    return {};
}

Result<TextStage::Origin> TextStage::releaseFormerPaths(const store::DocumentRow& document, const std::string& newPath) {
    std::vector<std::string> moved;
    std::vector<std::string> offline;
    for (const std::string& path : document.paths) {
        if (path == newPath || exists(path)) continue;
        (rootIsReachable(path) ? moved : offline).push_back(path);
    }
    if (moved.empty() && offline.empty()) return Origin::StillThere;
    TRY_VOID(m_tools.store.setPathState(offline, store::PathState::Offline));
    TRY_VOID(m_tools.store.removePaths(moved));  // the new path points to the content already
    return Origin::Gone;
}

bool TextStage::rootIsReachable(const std::string& path) const {
    for (const std::string& root : m_job.roots)
        if (contains(root, path) && exists(root)) return true;
    return false;
}

void TextStage::report(const std::string& current) {
    if (!m_onProgress || m_sinceReport.seconds() < kReportSeconds) return;
    m_sinceReport = {};
    m_onProgress(progressNow(current));
}

Progress TextStage::progressNow(const std::string& current) const {
    Progress progress;
    progress.phase = Phase::Text;
    progress.done = m_done;
    progress.total = static_cast<std::int64_t>(m_plan.read.size());
    progress.pages = m_summary.pages;
    progress.problems = m_problems;
    const double seconds = m_clock.seconds();
    if (seconds > 0) progress.perSecond = static_cast<double>(m_summary.pages) / seconds;
    const auto left = static_cast<double>(m_bytesTotal - std::min(m_bytesDone, m_bytesTotal));
    if (m_bytesDone > 0) progress.secondsLeft = seconds * left / static_cast<double>(m_bytesDone);
    progress.diskNeedBytes = static_cast<std::uint64_t>(left);
    progress.current = current;
    return progress;
}

}  // namespace commonplace::ingest
