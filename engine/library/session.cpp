#include "engine/library/session.h"

#include <algorithm>
#include <utility>

#include "engine/answer/reach.h"
#include "engine/answer/spans.h"
#include "engine/answer/titling.h"
#include "engine/base/file.h"
#include "engine/ingest/root_state.h"
#include "engine/library/library.h"
#include "engine/library/removal.h"
#include "engine/library/trace_keeper.h"
#include "engine/library/vector_run.h"
#include "engine/library/visible_counts.h"

namespace commonplace::library {
namespace {

std::uint64_t sizeWithWal(const std::filesystem::path& file) {
    std::uint64_t bytes = 0;
    for (const char* suffix : {"", "-wal"}) {
        std::error_code failed;
        const auto size = std::filesystem::file_size(file.native() + suffix, failed);
        if (!failed) bytes += size;
    }
    return bytes;
}

/// What makes the vectors, or will.
Result<std::string> embedderName(const store::Spaces& spaces, SpaceModels& models) {
    if (spaces.active) return spaces.active->made.fingerprint;
    const config::EmbeddingSettings embedding = models.settings();
    if (!embedding.isBuiltin()) return config::toText(embedding);
    TRY(const auto builtin, models.open(embedding, {}));
    return builtin->fingerprint();
}

}  // namespace

Session::~Session() {
    if (m_isLent && m_parts.hasWritten && m_parts.library->database().hasWritten())
        *m_parts.hasWritten = true;
}

Result<void> Session::followFile() {
    const std::uint64_t file = fileIdentity(indexFile(m_parts.folder));
    if (file == m_parts.file || file == 0) return {};
    TRY(m_parts.index, store::IndexStore::open(indexFile(m_parts.folder), store::Access::Guest));
    m_parts.file = file;
    return {};
}

Result<Meaning> Session::freshMeaning(const std::stop_token& stop) {
    TRY_VOID(followFile());
    TRY(const store::Spaces spaces, m_parts.index->spaces());
    Meaning meaning;
    // Without vectors the built-in model still tells languages apart; another one need not be woken for that.
    const config::EmbeddingSettings builtin;
    if (!spaces.active && m_parts.models->settings().isBuiltin()) {
        TRY(meaning.embedder, m_parts.models->open(builtin, stop));
        meaning.vectors = std::make_shared<Resident>(meaning.embedder->dimension());
    }
    if (!spaces.active) return meaning;
    meaning.space = spaces.active->id;
    auto embedder = m_parts.models->openFor(spaces.active->made, stop);
    if (!embedder && embedder.error().code() == ErrorCode::Cancelled) return embedder.error();
    if (!embedder) {
        meaning.problem = embedder.error().message();
        return meaning;
    }
    meaning.embedder = *embedder;
    meaning.vectors = m_parts.models->vectorsOf(*spaces.active, m_parts.file);
    TRY_VOID(meaning.vectors->refresh(*m_parts.index, {meaning.space, m_parts.file}, stop));
    return meaning;
}

Result<std::vector<std::string>> Session::visible(const std::vector<std::string>& within) {
    TRY(const RemovedRoots removed, removedRoots(*m_parts.library));
    if (removed.empty()) return within;
    TRY(const auto roots, m_parts.library->roots());
    const std::vector<std::string> everywhere{"/"};
    std::vector<std::string> left;
    for (const std::string& path : within.empty() ? everywhere : within) {
        const bool watched = std::any_of(roots.begin(), roots.end(), [&](const store::Root& root) {
            return base::isAtOrBelow(path, root.path);
        });
        const bool touched = std::any_of(
            removed.paths().begin(), removed.paths().end(),
            [&](const auto& gone) { return base::isAtOrBelow(gone, path) || base::isAtOrBelow(path, gone); });
        const bool whole = watched || !touched;
        if (whole) left.push_back(path);
        for (const store::Root& root : roots)
            if (!whole && base::isAtOrBelow(root.path, path)) left.push_back(root.path);
    }
    if (left.empty()) return Error(ErrorCode::NotFound, "there are no documents here any more; add a folder");
    return left;
}

Result<retrieve::Results> Session::search(const retrieve::Query& query, std::stop_token stop) {
    retrieve::Query shown = query;
    auto left = visible(query.within);
    if (!left && left.error().code() == ErrorCode::NotFound) {
        retrieve::Results nothing;
        nothing.query = query.text;
        nothing.mode = query.mode;
        return nothing;
    }
    TRY(shown.within, std::move(left));
    return withRetriever(
        [&](retrieve::Retriever& retriever) -> Result<retrieve::Results> {
            if (shown.mode == retrieve::Mode::Semantic && !m_meaning.problem.empty())
                return Error(ErrorCode::Unsupported, m_meaning.problem);
            auto results = retriever.search(shown, stop);
            if (results && shown.mode == retrieve::Mode::Hybrid && results->withoutMeaning.empty())
                results->withoutMeaning = m_meaning.problem;
            return results;
        },
        stop);
}

Result<answer::Answer> Session::ask(const answer::Question& question, const AskWith& with,
                                    const answer::OnText& onText, std::stop_token stop) {
    answer::Question shown = question;
    shown.localOnly = answer::spelledOut(question.localOnly);
    TRY(shown.within, visible(question.within));
    const config::TraceSettings settings = with.trace.value_or(m_parts.trace);
    TraceKeeper keeper(*m_parts.library, settings.keepDays);
    const trace::Tracer tracer(settings.enabled ? &keeper : nullptr, tracing(settings, with.secrets));
    return withRetriever(
        [&](retrieve::Retriever& retriever) {
            const answer::Backends backends{retriever,       *m_parts.index,    m_meaning.embedder.get(),
                                            with.model,      with.counter,      with.maxAnswerTokens,
                                            &tracer,         with.conversation, with.small,
                                            with.longHistory};
            return answer::answer(shown, backends, onText, stop);
        },
        stop);
}

Result<answer::Preview> Session::preview(const answer::Question& question, const AskWith& with,
                                         std::stop_token stop) {
    answer::Question shown = question;
    shown.localOnly = answer::spelledOut(question.localOnly);
    TRY(shown.within, visible(question.within));
    return withRetriever(
        [&](retrieve::Retriever& retriever) {
            const answer::Backends backends{retriever,
                                            *m_parts.index,
                                            m_meaning.embedder.get(),
                                            with.model,
                                            with.counter,
                                            with.maxAnswerTokens,
                                            nullptr,
                                            {},
                                            with.small,
                                            with.longHistory};
            return answer::preview(shown, backends, stop);
        },
        stop);
}

std::optional<std::string> Session::title(const answer::Turn& turn, const std::vector<std::string>& localOnly,
                                          const AskWith& with, std::stop_token stop) {
    if (with.small == nullptr) return std::nullopt;
    const config::TraceSettings settings = with.trace.value_or(m_parts.trace);
    TraceKeeper keeper(*m_parts.library, settings.keepDays);
    const trace::Tracer tracer(settings.enabled ? &keeper : nullptr, tracing(settings, with.secrets));
    return answer::conversationTitle(turn, answer::spelledOut(localOnly), with.small,
                                     answer::titleSpan(tracer, with.conversation), std::move(stop));
}

Result<StatusReport> Session::status() {
    TRY_VOID(followFile());
    StatusReport report;
    TRY(const store::Spaces spaces, m_parts.index->spaces());
    TRY(const RemovedRoots removed, removedRoots(*m_parts.library));
    TRY(report.counts, visibleCounts(*m_parts.index, spaces.active ? spaces.active->id : 0, removed));
    TRY(report.embedding, embeddingStatus(spaces));
    TRY(report.pendingText, m_parts.library->waitingCount());
    report.databaseBytes = sizeWithWal(indexFile(m_parts.folder)) + sizeWithWal(libraryFile(m_parts.folder));
    TRY(report.embedder, embedderName(spaces, *m_parts.models));
    report.ownerPid = base::FileLock::holder(lockFile(m_parts.folder));
    TRY(const auto roots, m_parts.library->roots());
    for (const store::Root& root : roots) report.roots.push_back(root.path);
    TRY(report.offlineRoots, offlineRoots());
    report.forgottenRoots = removed.paths();
    return report;
}

Result<std::vector<std::string>> Session::offlineRoots() {
    TRY_VOID(followFile());
    TRY(const auto roots, m_parts.library->roots());
    std::vector<std::string> offline;
    for (const store::Root& root : roots) {
        TRY(const ingest::RootState state, ingest::rootState(*m_parts.index, root.path, root.identity));
        if (state != ingest::RootState::Here) offline.push_back(root.path);
    }
    return offline;
}

Result<EmbeddingStatus> Session::embeddingStatus(const store::Spaces& spaces) {
    EmbeddingStatus status;
    TRY(const store::Counts counts, m_parts.index->counts(0));
    status.total = counts.chunks;
    TRY(status.active, spaceStatus(spaces.active, status.total));
    TRY(status.building, spaceStatus(spaces.building, status.total));
    TRY(status.previous, spaceStatus(spaces.previous, status.total));
    TRY(const auto error, m_parts.library->setting(kEmbeddingError));
    status.error = error.value_or(std::string());
    return status;
}

Result<std::optional<SpaceStatus>> Session::spaceStatus(const std::optional<store::SpaceRow>& space,
                                                        std::int64_t total) {
    if (!space) return std::optional<SpaceStatus>();
    TRY(const std::int64_t pending, m_parts.index->pendingCount(space->id));
    return std::optional(
        SpaceStatus{space->made.fingerprint, space->made.maker, space->made.dimension, total - pending});
}

Result<std::vector<store::LedgerRow>> Session::ledger() {
    TRY_VOID(followFile());
    return m_parts.index->ledger();
}

}  // namespace commonplace::library
