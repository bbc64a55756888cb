// Session: one thread's view of a library: search, ask, the ledger, figures.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/answer/answerer.h"
#include "engine/base/result.h"
#include "engine/config/settings.h"
#include "engine/document/chat_model.h"
#include "engine/document/embedder.h"
#include "engine/library/resident.h"
#include "engine/library/space_models.h"
#include "engine/retrieve/retriever.h"
#include "engine/store/index_store.h"
#include "engine/store/library_store.h"

namespace commonplace::library {

/// A vector space and how much of the library it covers, in passages.
struct SpaceStatus {
    std::string fingerprint;
    std::string maker;  ///< as config::toText() writes it
    std::size_t dimension = 0;
    std::int64_t done = 0;
};

/// Which embedding model searches use, and which is on its way.
struct EmbeddingStatus {
    std::optional<SpaceStatus> active;
    std::optional<SpaceStatus> building;
    std::optional<SpaceStatus> previous;  ///< what an undo goes back to
    std::int64_t total = 0;               ///< passages of the library
    std::string error;  ///< one line: why a model could not be used last time; empty: it could
};

/// The figures of `commonplace status`.
struct StatusReport {
    store::Counts counts;          ///< without what was taken out
    std::int64_t pendingText = 0;  ///< paths waiting in the queue
    std::uint64_t databaseBytes = 0;
    std::string embedder;  ///< fingerprint of the active space; without one what the settings name
    EmbeddingStatus embedding;
    int ownerPid = 0;
    std::vector<std::string> roots;
    std::vector<std::string> offlineRoots;
    std::vector<std::string> forgottenRoots;  ///< taken out, not purged yet (removal.h)
};

/// Who answers. `model` null: extractive.
struct AskWith {
    document::ChatModel* model = nullptr;
    const document::TokenCounter* counter = nullptr;
    int maxAnswerTokens = 1024;
    document::ChatModel* small = nullptr;             ///< as answer::Backends::small
    std::optional<config::TraceSettings> trace = {};  ///< instead of those the library was opened with
    std::vector<std::string> secrets = {};            ///< keys: never part of a trace
    std::string conversation = {};                    ///< its id, for the trace; may be empty
    answer::LongHistory longHistory = answer::LongHistory::Summarise;
};

/// Thread: one at a time. Sees what other sessions and processes have committed.
class Session final {
  public:
    struct Parts {
        std::filesystem::path folder;
        std::unique_ptr<store::IndexStore> index;
        std::unique_ptr<store::LibraryStore> library;
        std::shared_ptr<SpaceModels> models;
        std::uint64_t file = 0;  ///< the inode of index.db when it was opened
        config::TraceSettings trace = {};
        std::shared_ptr<std::atomic<bool>> hasWritten =
            {};  ///< set at the end: through library(); may be null
    };
    explicit Session(Parts parts) : m_parts(std::move(parts)) {}
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    Result<retrieve::Results> search(const retrieve::Query& query, std::stop_token stop = {});
    Result<answer::Answer> ask(const answer::Question& question, const AskWith& with,
                               const answer::OnText& onText, std::stop_token stop);
    /// What ask() would send; sends nothing, see answer::preview().
    Result<answer::Preview> preview(const answer::Question& question, const AskWith& with,
                                    std::stop_token stop);
    /// A title for the conversation that `turn` began, see answer/titling.h; nothing: none came. Leaves a
    /// trace of its own.
    std::optional<std::string> title(const answer::Turn& turn, const std::vector<std::string>& localOnly,
                                     const AskWith& with, std::stop_token stop);
    Result<StatusReport> status();
    /// The watched folders and files that are not there, or stand empty although the index knows files of
    /// them (ingest/root_state.h). Looks at each of them on the disk.
    Result<std::vector<std::string>> offlineRoots();
    Result<std::vector<store::LedgerRow>> ledger();

    /// Valid until the next call of another member.
    store::IndexStore& index() { return *m_parts.index; }
    store::LibraryStore& library() {
        m_isLent = true;
        return *m_parts.library;
    }

    /// Runs `work` with a retriever over up-to-date vectors.
    template <class Work>
    auto withRetriever(const Work& work, std::stop_token stop)
        -> decltype(work(std::declval<retrieve::Retriever&>())) {
        TRY(m_meaning, freshMeaning(stop));
        const Meaning meaning = m_meaning;  // kept alive, whatever `work` does
        const document::Embedder* embedder = meaning.embedder.get();
        if (!meaning.vectors) {
            retrieve::Retriever byWords({*m_parts.index, nullptr, embedder, meaning.space});
            return work(byWords);
        }
        const Resident::Reading reading(*meaning.vectors);
        retrieve::Retriever retriever({*m_parts.index, &reading.index(), embedder, meaning.space});
        return work(retriever);
    }

  private:
    /// The active space with its model and its vectors, up to date.
    Result<Meaning> freshMeaning(const std::stop_token& stop);
    Result<EmbeddingStatus> embeddingStatus(const store::Spaces& spaces);
    Result<std::optional<SpaceStatus>> spaceStatus(const std::optional<store::SpaceRow>& space,
                                                   std::int64_t total);
    /// `within` without what was removed: those documents stay in the index until they are purged, and
    /// nothing may find, quote or send them. NotFound when nothing is left.
    Result<std::vector<std::string>> visible(const std::vector<std::string>& within);
    /// A damaged index.db may have been replaced by a new one meanwhile: looks at that one from now on.
    Result<void> followFile();

    Parts m_parts;
    bool m_isLent = false;  ///< library() was asked for: what it writes is more than traces
    Meaning m_meaning;      ///< of the last search
};

}  // namespace commonplace::library
