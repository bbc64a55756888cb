// Fetching a model with an Ollama server: POST /api/pull, a line of JSON for each step. The server keeps what
// it has of a model, so a pull that was stopped (its connection is closed) is continued by the next one.
// Thread: any; blocks.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "engine/base/result.h"
#include "engine/llm/endpoint.h"

namespace commonplace::llm {

struct PullProgress {
    std::string step;  ///< the server's words, one line: "pulling manifest", "verifying sha256 digest"
    std::uint64_t done = 0;
    std::optional<std::uint64_t> total;  ///< of this layer; nothing: this step has no length
};
using OnPull = std::function<void(const PullProgress&)>;

/// Endpoint::model is what is fetched, api and timeouts are not looked at. Errors: as HttpClient; Protocol
/// with the server's words; Cancelled.
Result<void> pullModel(Endpoint endpoint, const OnPull& onProgress, const std::stop_token& stop);

}  // namespace commonplace::llm
