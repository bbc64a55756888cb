// OpenAiModel: a ChatModel behind any OpenAI-compatible endpoint (POST {baseUrl}/chat/completions, streamed).
//
// Dialects that are met halfway: empty `choices`, usage chunk, missing [DONE], pings, errors inside a 200
// stream, error bodies of any shape, content in parts, refusals, an answer that is not streamed, reasoning
// (not shown), characters cut over two chunks. A 400 or 422 that complains about stream_options, max_tokens
// or temperature leads to one more request without it (max_tokens: as max_completion_tokens), and is
// remembered. No other request is ever repeated: a clear error is better than a wait.
//
// Bounds: answer tokens (sent, and enforced by counting pieces: see chat_stream.h), 1 MiB a line, 64 MiB a
// stream, time: Timeouts::firstByteSeconds is the time to the first word, silenceSeconds the time between two
// words. Words are pieces of the answer or of hidden reasoning; pings and empty chunks count as silence. Past
// a bound the partial text stays and ChatReply::error says which bound it was. A finish_reason of "length" is
// a normal end. A stream that ends with neither finish_reason nor [DONE] has broken off, and says so.
//
// The key is never part of an error, even when the server echoes it. Redirects are not followed.
#pragma once

#include <cstddef>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/document/chat_model.h"
#include "engine/net/http.h"

namespace commonplace::llm {

struct Endpoint {
    std::string baseUrl = {};  ///< "http://127.0.0.1:8080/v1"; a missing /v1 is not added
    std::string model =
        {};                ///< empty: the first model of GET {baseUrl}/models, looked up by the first chat()
    std::string key = {};  ///< empty: none is sent; never logged, never part of an error
    std::size_t window = 8192;
    net::Timeouts timeouts = {};
    net::Reach reach = net::Reach::Anywhere;
};

/// InvalidArgument for a URL that is no http(s) URL; the endpoint is first contacted by chat() or
/// listModels().
Result<std::unique_ptr<document::ChatModel>> openOpenAiModel(Endpoint endpoint);

/// The ids of GET {baseUrl}/models.
Result<std::vector<std::string>> listModels(const Endpoint& endpoint, std::stop_token stop);

}  // namespace commonplace::llm
