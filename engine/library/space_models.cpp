#include "engine/library/space_models.h"

#include <algorithm>
#include <utility>

#include "engine/embed/builtin_embedder.h"
#include "engine/library/embedding_reach.h"

namespace commonplace::library {
namespace {

// While the spaces are switched, one thread may still search the old one.
constexpr std::size_t kKept = 2;

Result<std::unique_ptr<document::Embedder>> openBuiltinOnly(const config::EmbeddingSettings& embedding,
                                                            std::size_t, const std::stop_token&) {
    if (embedding.isBuiltin()) return embed::openBuiltinEmbedder();
    return Error(ErrorCode::Unsupported, "this program can use the built-in embedding model only");
}

/// What was opened with a consent serves nobody who has none.
std::string keyOf(const config::EmbeddingSettings& embedding, const std::string& fingerprint) {
    const bool isAnywhere = embedding.reach == config::EmbeddingReach::Anywhere;
    return config::toText(embedding) + '\n' + fingerprint + (isAnywhere ? "\nanywhere" : "");
}

}  // namespace

SpaceModels::SpaceModels(config::EmbeddingSettings settings, OpenEmbedder open)
    : m_open(open ? std::move(open) : openBuiltinOnly), m_settings(std::move(settings)) {}

config::EmbeddingSettings SpaceModels::settings() const {
    const std::lock_guard lock(m_mutex);
    return m_settings;
}

void SpaceModels::setSettings(const config::EmbeddingSettings& settings) {
    const std::lock_guard lock(m_mutex);
    m_settings = settings;
}

Result<SpaceModels::Embedder> SpaceModels::open(const config::EmbeddingSettings& embedding,
                                                const std::stop_token& stop) {
    if (embedding.isBuiltin()) {
        // The one that cannot change while the program runs; searches without vectors ask for it each time.
        const std::lock_guard lock(m_mutex);
        if (m_builtin) return m_builtin;
    }
    TRY(auto opened, m_open(embedding, 0, stop));
    const Embedder embedder = std::move(opened);
    const std::lock_guard lock(m_mutex);
    if (embedding.isBuiltin()) m_builtin = embedder;
    m_embedders[keyOf(embedding, embedder->fingerprint())] = embedder;
    return embedder;
}

Result<SpaceModels::Embedder> SpaceModels::openFor(const store::SpaceMaker& made,
                                                   const std::stop_token& stop) {
    TRY(config::EmbeddingSettings embedding, config::parseEmbedding(made.maker));
    {
        const std::lock_guard lock(m_mutex);
        embedding.reach = reachFor(embedding, m_settings);
        const auto known = m_embedders.find(keyOf(embedding, made.fingerprint));
        if (known != m_embedders.end()) return known->second;
    }
    TRY(auto opened, m_open(embedding, made.dimension, stop));
    if (opened->fingerprint() != made.fingerprint || opened->dimension() != made.dimension)
        return Error(ErrorCode::Unsupported,
                     made.maker + " is another model now (" + opened->fingerprint() +
                         ") than the one that made the vectors (" + made.fingerprint +
                         "); choose it again with 'commonplace models embedding set'");
    const Embedder embedder = std::move(opened);
    const std::lock_guard lock(m_mutex);
    return m_embedders.emplace(keyOf(embedding, made.fingerprint), embedder).first->second;
}

std::shared_ptr<Resident> SpaceModels::vectorsOf(const store::SpaceRow& space, std::uint64_t file) {
    const std::lock_guard lock(m_mutex);
    const auto found = std::find_if(m_loaded.begin(), m_loaded.end(), [&](const Loaded& loaded) {
        return loaded.space == space.id && loaded.file == file && loaded.dimension == space.made.dimension;
    });
    if (found != m_loaded.end()) {
        std::rotate(found, found + 1, m_loaded.end());
        return m_loaded.back().vectors;
    }
    if (m_loaded.size() >= kKept) m_loaded.erase(m_loaded.begin());
    m_loaded.push_back(
        {space.id, file, space.made.dimension, std::make_shared<Resident>(space.made.dimension)});
    return m_loaded.back().vectors;
}

void SpaceModels::forgetVectors() {
    const std::lock_guard lock(m_mutex);
    m_loaded.clear();
}

}  // namespace commonplace::library
