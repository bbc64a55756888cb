#include "engine/library/queue_work.h"

#include <unistd.h>

#include <cerrno>
#include <utility>

#include "engine/library/shares.h"
#include "engine/library/summary.h"
#include "engine/library/vector_run.h"

namespace commonplace::library {
namespace {

using ingest::Summary;
using store::Depth;
using store::QueueEntry;
using store::QueueState;

/// A root that is not there is offline, which is no error; one that is there must be readable.
Result<void> checkListable(const std::string& path) {
    if (::access(path.c_str(), F_OK) != 0 || ::access(path.c_str(), R_OK) == 0) return {};
    return base::systemError(errno, "cannot read " + base::displayPath(path));
}

std::set<std::string> retriedPaths(const std::vector<QueueEntry>& entries) {
    std::set<std::string> paths;
    for (const QueueEntry& entry : entries)
        if (entry.retry == store::Retry::Failures) paths.insert(entry.path);
    return paths;
}

}  // namespace

Result<std::vector<ingest::Ingester::OfflineRoot>> QueueWork::markOffline() {
    TRY(const auto roots, m_parts.owner.library->roots());
    return ingester().markOffline(identitiesOf(roots));
}

Result<void> QueueWork::workOff(Depth depth, const std::stop_token& stop) {
    for (;;) {
        TRY(const auto entries, m_parts.owner.library->takeQueue());
        TRY_VOID(workTexts(entries, stop));
        if (depth == Depth::TextAndVectors && !m_owed.empty()) {
            TRY_VOID(workVectors(stop));
        } else if (entries.empty()) {
            TRY_VOID(finishOwed(QueueState::Waiting));
            return m_parts.owner.index->database().checkpoint();
        }
    }
}

Result<void> QueueWork::fillVectors(const std::stop_token& stop) {
    TRY_VOID(embed(stop));
    return m_parts.owner.index->database().checkpoint();
}

Result<void> QueueWork::workTexts(const std::vector<QueueEntry>& entries, const std::stop_token& stop) {
    store::LibraryStore& library = *m_parts.owner.library;
    Texts texts{WatchedPaths(library, m_parts.settings), QueueEnds(library), retriedPaths(entries), {}};
    const auto worked = workEach(entries, texts, stop);  // an error leaves its entry waiting
    TRY_VOID(texts.ends.flush());
    return worked;
}

Result<void> QueueWork::workEach(const std::vector<QueueEntry>& entries, Texts& texts,
                                 const std::stop_token& stop) {
    for (const QueueEntry& entry : entries) {
        TRY_VOID(texts.ends.beginning(entry.queuedBy));
        const auto listed = entry.summary.empty() ? checkListable(entry.path) : Result<void>{};
        if (!listed) {
            TRY_VOID(texts.ends.add({entry.id, QueueState::Failed, listed.error().message()}));
            continue;
        }
        TRY(const Summary summary, textOf(entry, texts, stop));
        if (entry.depth == Depth::TextAndVectors)
            m_owed.push_back({entry, summary});
        else
            TRY_VOID(texts.ends.add({entry.id, QueueState::Done, toJson(summary)}));
    }
    return {};
}

/// Done by a run that made no vectors; or for another entry of that path (queued twice, after a kill): then
/// both hear of it; or done now.
Result<Summary> QueueWork::textOf(const QueueEntry& entry, Texts& texts, const std::stop_token& stop) {
    if (!entry.summary.empty()) return summaryFromJson(entry.summary);
    if (const auto known = texts.done.find(entry.path); known != texts.done.end()) return known->second;
    TRY(const Summary summary, indexText(entry, texts, stop));
    texts.done.emplace(entry.path, summary);
    return summary;
}

Result<Summary> QueueWork::indexText(const QueueEntry& entry, Texts& texts, const std::stop_token& stop) {
    std::error_code ignored;
    TRY_VOID(texts.watched.refresh());
    if (!texts.watched.isWatched(entry.path) || !std::filesystem::exists(entry.path, ignored))
        return Summary{};  // offline, or gone or removed since it was queued
    const auto retry = texts.retried.contains(entry.path) ? store::Retry::Failures : entry.retry;
    const std::string identity = ingest::folderIdentity(entry.path);
    TRY(const Summary summary, ingester().indexText({entry.path, texts.watched.surroundings(), retry}, stop));
    TRY_VOID(texts.watched.remember(entry.path, identity));
    return summary;
}

/// Ends early when text waits; the entries that are owed vectors are done once nothing is pending any more.
Result<void> QueueWork::workVectors(const std::stop_token& stop) {
    TRY(const ingest::Embedded embedded, embed(stop));
    TRY_VOID(shareOut(embedded));
    TRY(const bool textWaits, m_parts.owner.library->hasWaiting());
    return textWaits ? Result<void>{} : finishOwed(QueueState::Done);
}

Result<void> QueueWork::shareOut(const ingest::Embedded& embedded) {
    std::vector<Claim> claims;
    for (const Owed& owed : m_owed) claims.push_back({owed.entry.path, owed.entry.queuedBy});
    TRY(const Shares shares, sharesOf(*m_parts.owner.index, embedded.segments, claims));
    Summary time = embedded.summary;
    time.embedded = 0;
    std::set<std::string> runs;  // the sum over a run's entries holds the time once
    for (std::size_t i = 0; i < m_owed.size(); ++i) {
        Owed& owed = m_owed[i];
        owed.summary.embedded += shares.perClaim[i];
        if (runs.insert(owed.entry.queuedBy).second) owed.summary = plus(owed.summary, time);
    }
    m_unclaimed += shares.unclaimed;
    return {};
}

Result<void> QueueWork::finishOwed(QueueState state) {
    std::vector<store::QueueEnd> ends;
    for (const Owed& owed : m_owed) ends.push_back({owed.entry.id, state, toJson(owed.summary)});
    TRY_VOID(m_parts.owner.library->finish(ends));
    m_owed.clear();
    return {};
}

Result<ingest::Embedded> QueueWork::embed(const std::stop_token& stop) {
    const auto textWaits = [&] {
        const auto waiting = m_parts.owner.library->hasWaiting();
        return waiting && *waiting;
    };
    VectorRun run(
        {m_parts.models, *m_parts.owner.index, *m_parts.owner.library, ingester(), m_parts.events.notice});
    auto embedded = run.run(textWaits, stop);
    m_problem = run.problem();
    if (embedded) m_made = plus(m_made, embedded->summary);
    return embedded;
}

ingest::Ingester QueueWork::ingester() {
    Owner& owner = m_parts.owner;
    return {{*owner.index, *owner.extractor, *owner.pool, m_parts.gate}, m_parts.events.progress};
}

}  // namespace commonplace::library
