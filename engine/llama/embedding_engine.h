// EmbeddingEngine: a GGUF embedding model in this process. Texts go through it many at a time; each is cut to
// the model's window by us (its closing token stays), because llama.cpp ends the process over longer ones.
//
// Thread: const, any; calls wait for each other, for one computation uses all cores.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <string_view>

#include "engine/base/result.h"
#include "engine/document/embedder.h"
#include "engine/llama/model_facts.h"

namespace commonplace::llama {

class EmbeddingEngine {
  public:
    virtual ~EmbeddingEngine() = default;
    virtual const ModelFacts& facts() const = 0;
    /// One vector of unit length per text, in order; zeros for a text without a token. Cancelled between two
    /// batches.
    virtual Result<document::Vectors> embed(std::span<const std::string_view> texts,
                                            const std::stop_token& stop) const = 0;
};

/// threads 0: one for each core. NotFound, Corrupt, Unsupported (a chat model, a reranker), Limit (memory),
/// Cancelled.
Result<std::unique_ptr<EmbeddingEngine>> openEmbeddingEngine(const std::filesystem::path& file, int threads,
                                                             const std::stop_token& stop);

}  // namespace commonplace::llama
