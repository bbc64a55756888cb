// How far the text of documents may go for its vectors: consent belongs to one server and to no other. Pure
// functions, any thread.
#pragma once

#include "engine/base/result.h"
#include "engine/config/embedding.h"

namespace commonplace::library {

/// What the consent in `settings` means for `embedding`: it holds for all models of the server (scheme, host
/// and port) that it was given for. ThisComputer for everything else, and for models that need no server.
config::EmbeddingReach reachFor(const config::EmbeddingSettings& embedding,
                                const config::EmbeddingSettings& settings);

/// Refused, naming what to do, for a server elsewhere whose `reach` does not allow it.
Result<void> checkReach(const config::EmbeddingSettings& embedding);

}  // namespace commonplace::library
