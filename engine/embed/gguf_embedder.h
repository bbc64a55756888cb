// An embedding model from a GGUF file, in this process (engine/llama). Nothing leaves the machine.
//
// Families of models that want words before questions and passages get them (prefixes.h). A text longer than
// the model's window counts with its beginning. The file is tried in another process first (llama/probe.h).
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>

#include "engine/base/result.h"
#include "engine/document/embedder.h"
#include "engine/llama/probe.h"

namespace commonplace::embed {

struct GgufOptions {
    std::filesystem::path file;
    int threads = 0;  ///< 0: one for each core
    llama::ProbeSetup probe = {};
};

/// Fingerprint: "gguf/", what the file calls itself, and a hash over its size and parts of its content, so
/// that a copy elsewhere has the same and a fine-tuned sibling another. Errors as llama::probeModel();
/// Unsupported for a chat model. Thread: the result as document::Embedder says; calls wait for each other.
Result<std::unique_ptr<document::Embedder>> openGgufEmbedder(const GgufOptions& options,
                                                             const std::stop_token& stop);

}  // namespace commonplace::embed
