// Library: an open library folder. The one object that app and ui/bridge hold.
//
// A Library is shared by all threads; work is done through a Session (one thread's connections) or by
// index(), which makes the calling thread the library's indexer: the process that holds the owner lock does
// the indexing, everybody else puts paths into the queue and follows until they are done (ARCHITECTURE
// "Storage").
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/config/settings.h"
#include "engine/document/embedder.h"
#include "engine/ingest/plan.h"
#include "engine/ingest/progress.h"
#include "engine/library/resident.h"
#include "engine/library/session.h"
#include "engine/library/space_models.h"
#include "engine/store/library_store.h"

namespace commonplace::library {

struct OpenOptions {
    std::filesystem::path folder;  ///< made if it does not exist
    config::Settings settings;
    std::filesystem::path program;   ///< the worker's binary; empty: this program
    OpenEmbedder openEmbedder = {};  ///< empty: the built-in embedding model only
};

/// Are the paths of a request watched from now on? Known ones are only looked at: files of a watched folder.
enum class PathsAre { Roots, Known };

struct IndexRequest {
    std::vector<std::filesystem::path> paths;  ///< become watched roots; empty: all roots again
    store::Depth depth = store::Depth::TextAndVectors;
    ingest::Retry retry = ingest::Retry::No;
    PathsAre pathsAre = PathsAre::Roots;
    std::optional<config::IndexSettings> settings = {};  ///< instead of those the library was opened with
};

/// What an index run did. A path that could not be indexed is in `errors`; the others are done all the same.
struct IndexReport {
    ingest::Summary summary;
    std::vector<std::string> errors;   ///< one line each
    std::vector<std::string> notices;  ///< "X is offline: …", "the index was damaged and has been rebuilt"
};

struct IndexEvents {
    ingest::OnProgress progress;
    std::function<void(const std::string&)> notice;  ///< one line: waiting for another process, rebuilding …
};

class Library final {
  public:
    /// Makes the folder when needed; the databases are opened, and made, by sessions and by index(). Io,
    /// NoSpace.
    static Result<std::unique_ptr<Library>> open(OpenOptions options);
    /// Empties the logs of the databases (logs.h) when this process has indexed, or has written into
    /// library.db through a session that is gone by now; whoever only searched and asked leaves them to
    /// others.
    ~Library();

    const std::filesystem::path& folder() const { return m_options.folder; }
    const config::Settings& settings() const { return m_options.settings; }

    /// Connections for one thread. Corrupt when index.db is damaged: index() or repair() rebuild it. Thread:
    /// any.
    Result<std::unique_ptr<Session>> openSession();

    /// Brings paths up to date and returns when they are, in this process or by the owner. Cancelled keeps
    /// what is done; the rest stays queued. Thread: one call at a time per Library.
    Result<IndexReport> index(const IndexRequest& request, ingest::Gate& gate, const IndexEvents& events,
                              std::stop_token stop);

    /// Another model for the vectors: it is opened (a server is asked) and its space made beside the one in
    /// use, which serves searches until the next index runs, or buildVectors(), have completed the new one.
    /// Fails, and changes nothing, when the model cannot be used. The choice becomes part of the library;
    /// settings files are the caller's. Thread: any.
    Result<void> chooseEmbedding(const config::EmbeddingSettings& embedding, const std::stop_token& stop);
    /// Ends the building of a new space; when none is being built, goes back to the model before, at once.
    /// NotFound: there is none. Refused, and nothing changes: that is a server elsewhere, and the settings do
    /// not allow sending documents to it. Returns the model that is active then. Thread: any.
    Result<config::EmbeddingSettings> undoEmbedding();
    /// Gives up the vectors that undoEmbedding() could go back to; the next index run removes them. NotFound.
    Result<void> dropFormerEmbedding();
    /// Makes the vectors that are missing, without looking for changed files, until none is missing and a
    /// space being built has taken over. A model that fails is in `errors`. Thread: as index().
    Result<IndexReport> buildVectors(ingest::Gate& gate, const IndexEvents& events, std::stop_token stop);

    /// Everything that is wrong, one line each; empty when sound. Busy while a process is indexing: the check
    /// would hold it up. A library.db that cannot be opened is an Error. Thread: any.
    Result<std::vector<std::string>> check();
    /// Rebuilds what can be rebuilt: first the derived parts of index.db (full text, the queue of vectors);
    /// when that is not enough, index.db is set aside and made again from the watched roots. Returns what was
    /// done.
    Result<std::vector<std::string>> repair(const IndexEvents& events, std::stop_token stop);

    /// The process id of the indexer, 0 when nobody is indexing.
    int ownerPid() const;

  private:
    explicit Library(OpenOptions options) : m_options(std::move(options)) {}
    friend class IndexRun;

    OpenOptions m_options;
    std::shared_ptr<SpaceModels> m_models;
    std::shared_ptr<std::atomic<bool>> m_hasWritten = std::make_shared<std::atomic<bool>>(false);
};

/// File names in a library folder.
std::filesystem::path indexFile(const std::filesystem::path& folder);
std::filesystem::path libraryFile(const std::filesystem::path& folder);
std::filesystem::path lockFile(const std::filesystem::path& folder);
/// The inode of a file; 0 when it is not there.
std::uint64_t fileIdentity(const std::filesystem::path& file);

}  // namespace commonplace::library
