// Ingester: files to findable passages, in two speeds.
//
//   text     scan → hash → extract (worker processes) → chunk → pages, chunks and full text: findable by
//   words at once vectors  every chunk that lacks vectors, newest first, resumable: a kill costs at most one
//   batch
//
// Unchanged, moved, renamed or touched content costs no extraction and no embedding (plan.h); changed content
// replaces only itself; files that have gone are marked, never dropped; a root that is not reachable makes
// its paths offline.
#pragma once

#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/thread_pool.h"
#include "engine/document/embedder.h"
#include "engine/extract/extractor.h"
#include "engine/ingest/known_contents.h"
#include "engine/ingest/plan.h"
#include "engine/ingest/progress.h"
#include "engine/ingest/root_state.h"
#include "engine/store/index_store.h"

namespace commonplace::ingest {

/// What an Ingester works with; all must outlive it. The store must be a Checkpointer's (owner lock held).
struct Tools {
    store::IndexStore& store;
    extract::Extractor& extractor;
    base::ThreadPool& pool;
    Gate& gate;
};

/// What the jobs of one run share, so that a path costs no more for being one of thousands. Must outlive
/// them.
struct Surroundings {
    Roots roots;  ///< all watched ones: says whether a vanished path was moved or is offline
    Rules rules;
    KnownContents known;  ///< filled by the first job that reads a file
};

struct TextJob {
    std::string path;  ///< the folder or file to bring up to date; absolute
    Surroundings& around;
    Retry retry = Retry::No;
};

/// What was embedded, also of each document (equal segments count for the first that had them).
struct Embedded {
    Summary summary;  ///< `embedded`, `seconds` and `secondsVectors`
    std::map<store::DocumentId, std::int64_t> segments;
};

/// Asked between batches; true lets the vector stage return early because text is waiting.
using MustYield = std::function<bool()>;

/// Thread: one at a time; the calling thread does all the storing, the pool the rest.
class Ingester final {
  public:
    Ingester(Tools tools, OnProgress progress) : m_tools(tools), m_progress(std::move(progress)) {}

    /// Cancelled keeps what was stored. NotFound when there is no such path. A root that turns out to be
    /// offline (root_state.h) keeps what is known of it.
    Result<Summary> indexText(const TextJob& job, std::stop_token stop);
    /// Embeds what is pending.
    Result<Embedded> indexVectors(const document::Embedder& embedder, const MustYield& mustYield,
                                  std::stop_token stop);
    struct OfflineRoot {
        std::string path;
        RootState state = RootState::Gone;
    };
    /// Marks the paths of roots that cannot be reached (root_state.h) as offline; returns those roots.
    Result<std::vector<OfflineRoot>> markOffline(const Roots& roots);

  private:
    Tools m_tools;
    OnProgress m_progress;
};

/// The version of extraction and chunking that made a document; another version's content is read again.
const std::string& extractorVersion();

}  // namespace commonplace::ingest
