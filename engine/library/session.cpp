#include "engine/library/session.h"

#include <algorithm>
#include <utility>

#include "engine/base/file.h"
#include "engine/library/library.h"
#include "engine/library/removal.h"

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

}  // namespace

Result<void> Session::followFile() {
    const std::uint64_t file = fileIdentity(indexFile(m_parts.folder));
    if (file == m_parts.file || file == 0) return {};
    TRY(m_parts.index, store::IndexStore::open(indexFile(m_parts.folder), store::Access::Guest));
    m_parts.file = file;
    return {};
}

Result<std::int64_t> Session::freshSpace(const std::stop_token& stop) {
    TRY_VOID(followFile());
    const document::Embedder& embedder = *m_parts.embedder;
    TRY(const std::int64_t space, m_parts.index->space(embedder.fingerprint(), embedder.dimension(),
                                                       store::IndexStore::IfMissing::Report));
    TRY_VOID(m_parts.resident->refresh(*m_parts.index, {space, m_parts.file}, stop));
    return space;
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
    return withRetriever([&](retrieve::Retriever& retriever) { return retriever.search(shown, stop); }, stop);
}

Result<answer::Answer> Session::ask(const answer::Question& question, const AskWith& with,
                                    const answer::OnText& onText, std::stop_token stop) {
    answer::Question shown = question;
    TRY(shown.within, visible(question.within));
    return withRetriever(
        [&](retrieve::Retriever& retriever) {
            const answer::Backends backends{retriever,  *m_parts.index, m_parts.embedder,
                                            with.model, with.counter,   with.maxAnswerTokens};
            return answer::answer(shown, backends, onText, stop);
        },
        stop);
}

Result<StatusReport> Session::status() {
    TRY_VOID(followFile());
    StatusReport report;
    const document::Embedder& embedder = *m_parts.embedder;
    TRY(const std::int64_t space, m_parts.index->space(embedder.fingerprint(), embedder.dimension(),
                                                       store::IndexStore::IfMissing::Report));
    TRY(report.counts, m_parts.index->counts(space));
    TRY(report.pendingText, m_parts.library->waitingCount());
    report.databaseBytes = sizeWithWal(indexFile(m_parts.folder)) + sizeWithWal(libraryFile(m_parts.folder));
    report.embedder = embedder.fingerprint();
    report.ownerPid = base::FileLock::holder(lockFile(m_parts.folder));
    TRY(const auto roots, m_parts.library->roots());
    for (const store::Root& root : roots) {
        std::error_code ignored;
        report.roots.push_back(root.path);
        if (!std::filesystem::exists(root.path, ignored)) report.offlineRoots.push_back(root.path);
    }
    return report;
}

Result<std::vector<store::LedgerRow>> Session::ledger() {
    TRY_VOID(followFile());
    return m_parts.index->ledger();
}

}  // namespace commonplace::library
