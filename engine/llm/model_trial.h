// Trying a model with something small, and measuring: how soon and how fast it answers, and how much it can
// read. Thread: any; blocks.
#pragma once

#include <cstddef>
#include <optional>
#include <stop_token>

#include "engine/base/result.h"
#include "engine/document/chat_model.h"
#include "engine/llm/endpoint.h"
#include "engine/llm/local_model.h"

namespace commonplace::llm {

/// What is unknown is nothing.
struct ModelTrial {
    std::string model;                   ///< which one answered
    std::optional<double> latencyMs;     ///< of the list of models: a question that needs no thought
    std::optional<std::size_t> context;  ///< tokens that it was trained for, or that its server says it reads
    document::ChatReply reply;           ///< may have broken off, or been stopped
    double totalMs = 0;

    /// As the model counts them, after the first token.
    std::optional<double> tokensPerSecond() const;
};

/// Errors as ChatModel::chat().
Result<ModelTrial> tryEndpoint(const Endpoint& endpoint, const std::stop_token& stop);
/// Errors as openLocalModel().
Result<ModelTrial> tryFile(const LocalModelSetup& setup, const std::stop_token& stop);

}  // namespace commonplace::llm
