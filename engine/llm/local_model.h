// A ChatModel that runs in this process: a GGUF file, through engine/llama. Nothing leaves the machine.
//
// Opening looks at the file (in another process, the first time: llama/probe.h) and reads no weights; the
// first chat() loads them, which counts into the time to the first token. Bounds: the answer's tokens,
// exactly; the window, which is as long as asked for, as the model was trained for and as memory allows. A
// stop takes effect within 200 ms. What the model thinks aloud (hidden_thoughts.h) is not part of the answer
// but of its tokens. counter() counts with the model's own tokenizer, exactly.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>

#include "engine/base/result.h"
#include "engine/document/chat_model.h"
#include "engine/llama/probe.h"
#include "engine/llm/loaded_models.h"

namespace commonplace::llm {

struct LocalModelSetup {
    std::filesystem::path file;
    std::size_t window = 0;   ///< tokens; 0: see llama::ChatSetup
    int threads = 0;          ///< 0: one for each core
    std::uint32_t seed = 1;   ///< same question, same answer
    llama::ProbeSetup probe;  ///< how a file that is not known yet is tried
    /// Shared by the models of one program, so that the next question need not load it again; null: its own.
    std::shared_ptr<LoadedModels> loaded = {};
};

/// Errors as llama::probeModel(); Unsupported for an embedding model.
Result<std::unique_ptr<document::ChatModel>> openLocalModel(LocalModelSetup setup,
                                                            const std::stop_token& stop);

/// Whether a name of a model means a file on this machine: it ends in .gguf.
bool isModelFile(std::string_view name);

}  // namespace commonplace::llm
