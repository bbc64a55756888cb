// Library: which embedding model makes its vectors.
#include <utility>

#include "engine/library/embedding_reach.h"
#include "engine/library/index_run.h"
#include "engine/library/library.h"
#include "engine/library/vector_run.h"

namespace commonplace::library {
namespace {

using store::Access;

Result<std::unique_ptr<store::IndexStore>> openIndexOf(const Library& library) {
    return store::IndexStore::open(indexFile(library.folder()), Access::Guest);
}

/// What failed before has nothing to say about another choice.
Result<void> forgetProblem(const Library& library) {
    TRY(auto store, store::LibraryStore::open(libraryFile(library.folder()), Access::Guest));
    return store->setSetting(kEmbeddingError, {});
}

/// The model that an undo goes back to. Refused when that is a server which may not read the documents (any
/// more).
Result<config::EmbeddingSettings> afterUndo(const store::Spaces& spaces,
                                            const config::EmbeddingSettings& settings) {
    const auto& target = spaces.building ? spaces.active : spaces.previous;
    if (!target) return settings;
    TRY(config::EmbeddingSettings embedding, config::parseEmbedding(target->made.maker));
    embedding.reach = reachFor(embedding, settings);
    TRY_VOID(checkReach(embedding));
    return embedding;
}

}  // namespace

Result<void> Library::chooseEmbedding(const config::EmbeddingSettings& embedding,
                                      const std::stop_token& stop) {
    TRY(const auto embedder, m_models->open(embedding, stop));
    m_models->setSettings(embedding);
    TRY(auto index, openIndexOf(*this));
    TRY_VOID(index->wantSpace({embedder->fingerprint(), embedder->dimension(), config::toText(embedding)}));
    return forgetProblem(*this);
}

Result<config::EmbeddingSettings> Library::undoEmbedding() {
    TRY(auto index, openIndexOf(*this));
    TRY(const store::Spaces spaces, index->spaces());
    TRY(const config::EmbeddingSettings embedding, afterUndo(spaces, m_models->settings()));
    TRY_VOID(index->undoSpaces());
    TRY_VOID(forgetProblem(*this));
    m_models->setSettings(embedding);
    return embedding;
}

Result<void> Library::dropFormerEmbedding() {
    TRY(auto index, openIndexOf(*this));
    return index->dropPreviousSpace();
}

Result<IndexReport> Library::buildVectors(ingest::Gate& gate, const IndexEvents& events,
                                          std::stop_token stop) {
    return IndexRun(*this, gate, events).runVectors(std::move(stop));
}

}  // namespace commonplace::library
