// SpaceModels: the embedders of a library's vector spaces, and the vectors of the active one in memory.
//
// While the vectors of a new model are being made, two models live side by side: questions are embedded by
// the model of the space that is searched, passages by the one that is built. Each is opened when it is first
// needed, from what the space says of its maker, and kept.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/config/embedding.h"
#include "engine/document/embedder.h"
#include "engine/library/resident.h"
#include "engine/store/index_rows.h"

namespace commonplace::library {

/// Opens the model that the settings name. `dimension`: of vectors that it made before, 0 when it has made
/// none (then a server may be asked). Thread: any.
using OpenEmbedder = std::function<Result<std::unique_ptr<document::Embedder>>(
    const config::EmbeddingSettings& embedding, std::size_t dimension, const std::stop_token& stop)>;

/// What one search by meaning needs. Without embedder or vectors: by words only, and `problem` says why, if
/// that is one.
struct Meaning {
    std::int64_t space = 0;
    std::shared_ptr<const document::Embedder> embedder;
    std::shared_ptr<Resident> vectors;
    std::string problem;
};

/// Thread: any.
class SpaceModels final {
  public:
    using Embedder = std::shared_ptr<const document::Embedder>;

    /// An empty `open` knows the built-in model only.
    SpaceModels(config::EmbeddingSettings settings, OpenEmbedder open);

    /// What a library without vectors begins with.
    config::EmbeddingSettings settings() const;
    void setSettings(const config::EmbeddingSettings& settings);

    /// The model that the settings name; a server is asked.
    Result<Embedder> open(const config::EmbeddingSettings& embedding, const std::stop_token& stop);
    /// The model that made a space, without asking a server. It may reach as far as the settings allow that
    /// very server (reachFor()). Unsupported: there is another model now.
    Result<Embedder> openFor(const store::SpaceMaker& made, const std::stop_token& stop);

    /// The vectors of the space; the caller refreshes them. Those of the two spaces used last are kept.
    std::shared_ptr<Resident> vectorsOf(const store::SpaceRow& space, std::uint64_t file);
    /// Forgets all vectors: the database was replaced.
    void forgetVectors();

  private:
    struct Loaded {
        std::int64_t space = 0;
        std::uint64_t file = 0;
        std::size_t dimension = 0;
        std::shared_ptr<Resident> vectors;
    };

    const OpenEmbedder m_open;
    mutable std::mutex m_mutex;
    config::EmbeddingSettings m_settings;         // guarded by m_mutex
    Embedder m_builtin;                           // guarded by m_mutex
    std::map<std::string, Embedder> m_embedders;  // by maker, reach, fingerprint; guarded by m_mutex
    std::vector<Loaded> m_loaded;                 // the newest last; guarded by m_mutex
};

}  // namespace commonplace::library
