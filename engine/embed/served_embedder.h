// An embedding model behind a server: OpenAI's protocol (POST {base}/embeddings; llama-server, LM Studio,
// vLLM, services) or Ollama's own (POST {base}/api/embed, never truncating).
//
// Long texts: a text counts with at most `maxTextBytes`, cut at a character; one that the server calls too
// long all the same counts with its first half, or the half of that, and so on. Refusals that may pass are
// repeated as net/retry.h says; a connection that is refused, too. A question (embedQuestion) gets one try
// and little time, and after a failure the server is left alone for a while: searching by words must not
// wait. Families of models that want prefixes get them (prefixes.h). Every answer is checked: served_json.h.
//
// Errors are one line and never hold the key: Network, Timeout, Protocol (what the server answered), Limit,
// Cancelled, Refused (the server is elsewhere and may not be asked), InvalidArgument (URL, model or key).
#pragma once

#include <cstddef>
#include <memory>
#include <stop_token>
#include <string>

#include "engine/base/result.h"
#include "engine/document/embedder.h"
#include "engine/embed/served_json.h"
#include "engine/net/http.h"
#include "engine/net/retry.h"

namespace commonplace::embed {

struct ServedOptions {
    ServedApi api = ServedApi::OpenAi;
    std::string baseUrl = {};   ///< OpenAI: usually ends with /v1
    std::string model = {};     ///< the model's id at the server
    std::string key = {};       ///< empty: none is sent
    std::size_t dimension = 0;  ///< of vectors that this model made before; 0: found out with a first text
    net::Permit permit = net::Reach::LoopbackOnly;
    net::Timeouts timeouts = {.connectSeconds = 5, .firstByteSeconds = 300, .silenceSeconds = 30};
    double questionSeconds = 5;  ///< for all of a question
    double restSeconds = 15;     ///< no question is asked for this long after one that failed
    std::size_t maxTextBytes = 8192;
    std::size_t maxBatchTexts = 64;
    std::size_t maxBatchBytes = 128u << 10;
    net::RetryLimits retry = {};
};

/// With a known dimension no server is asked. Fingerprint: "openai/MODEL/DIMENSION", and the family's
/// prefixes. Thread: the result as document::Embedder says.
Result<std::unique_ptr<document::Embedder>> openServedEmbedder(ServedOptions options,
                                                               const std::stop_token& stop);

}  // namespace commonplace::embed
