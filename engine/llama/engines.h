// The engines over a model that is already loaded. Inside this room.
#pragma once

#include <memory>

#include "engine/llama/chat_engine.h"
#include "engine/llama/embedding_engine.h"
#include "engine/llama/model.h"

namespace commonplace::llama {

Result<std::unique_ptr<ChatEngine>> makeChatEngine(std::shared_ptr<const Model> model,
                                                   const ChatSetup& setup);
Result<std::unique_ptr<EmbeddingEngine>> makeEmbeddingEngine(std::shared_ptr<const Model> model, int threads);

}  // namespace commonplace::llama
