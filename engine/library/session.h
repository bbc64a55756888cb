// Session: one thread's view of a library: search, ask, the ledger, figures.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/answer/answerer.h"
#include "engine/base/result.h"
#include "engine/document/chat_model.h"
#include "engine/document/embedder.h"
#include "engine/library/resident.h"
#include "engine/retrieve/retriever.h"
#include "engine/store/index_store.h"
#include "engine/store/library_store.h"

namespace commonplace::library {

/// The figures of `commonplace status`.
struct StatusReport {
    store::Counts counts;
    std::int64_t pendingText = 0;  ///< paths waiting in the queue
    std::uint64_t databaseBytes = 0;
    std::string embedder;
    int ownerPid = 0;
    std::vector<std::string> roots;
    std::vector<std::string> offlineRoots;
};

/// Who answers. `model` null: extractive.
struct AskWith {
    document::ChatModel* model = nullptr;
    const document::TokenCounter* counter = nullptr;
    int maxAnswerTokens = 1024;
};

/// Thread: one at a time. Sees what other sessions and processes have committed.
class Session final {
  public:
    struct Parts {
        std::filesystem::path folder;
        std::unique_ptr<store::IndexStore> index;
        std::unique_ptr<store::LibraryStore> library;
        std::shared_ptr<Resident> resident;
        const document::Embedder* embedder = nullptr;
        std::uint64_t file = 0;  ///< the inode of index.db when it was opened
    };
    explicit Session(Parts parts) : m_parts(std::move(parts)) {}

    Result<retrieve::Results> search(const retrieve::Query& query, std::stop_token stop = {});
    Result<answer::Answer> ask(const answer::Question& question, const AskWith& with,
                               const answer::OnText& onText, std::stop_token stop);
    Result<StatusReport> status();
    Result<std::vector<store::LedgerRow>> ledger();

    /// Valid until the next call of another member.
    store::IndexStore& index() { return *m_parts.index; }
    store::LibraryStore& library() { return *m_parts.library; }

    /// Runs `work` with a retriever over up-to-date vectors.
    template <class Work>
    auto withRetriever(const Work& work, std::stop_token stop)
        -> decltype(work(std::declval<retrieve::Retriever&>())) {
        TRY(const std::int64_t space, freshSpace(stop));
        const Resident::Reading reading(*m_parts.resident);
        retrieve::Retriever retriever({*m_parts.index, &reading.index(), m_parts.embedder, space});
        return work(retriever);
    }

  private:
    Result<std::int64_t> freshSpace(const std::stop_token& stop);
    /// `within` without what was removed: those documents stay in the index until they are purged, and nothing may
    /// find, quote or send them. NotFound when nothing is left.
    Result<std::vector<std::string>> visible(const std::vector<std::string>& within);
    /// A damaged index.db may have been replaced by a new one meanwhile: looks at that one from now on.
    Result<void> followFile();

    Parts m_parts;
};

}  // namespace commonplace::library
