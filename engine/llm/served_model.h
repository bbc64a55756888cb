// A ChatModel that is served over HTTP, in any of the protocols of Api: OpenAI-compatible chat completions
// (POST {base}/chat/completions), Anthropic's messages (POST {base}/v1/messages), Ollama's own (POST
// {base}/api/chat); and what such a server offers.
//
// Alike for all of them. Bounds: answer tokens (sent, and enforced by counting pieces: see chat_stream.h), 1
// MiB a line, 64 MiB a stream; time: Timeouts::firstByteSeconds is the time to the first word, repetitions
// included, silenceSeconds the time between two words. Words are pieces of the answer or of hidden reasoning;
// pings and empty pieces count as silence. Past a bound the partial text stays and ChatReply::error says
// which bound it was. A stream that ends without saying so has broken off, and says so.
//
// Repetitions: before the first word only. A refusal that complains about an optional field leads to one more
// request without it, and is remembered; a refused connection and the refusals of net/retry.h are waited out,
// twice at most, a model that is still loading for a minute; a stop ends every wait at once.
//
// learnWindow() asks the server how much it can read (told_window.h), and Endpoint::windows remembers what
// came of it, nothing included; window() is the smaller one of that and of Endpoint::window.
//
// The key is never part of an error, even when the server echoes it. Redirects are not followed.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/document/chat_model.h"
#include "engine/llm/endpoint.h"

namespace commonplace::llm {

/// InvalidArgument for a URL that is no http(s) URL; the endpoint is first contacted by chat().
Result<std::unique_ptr<document::ChatModel>> openModel(Endpoint endpoint);

/// The ids of the models that the endpoint lists.
Result<std::vector<std::string>> listModels(const Endpoint& endpoint, std::stop_token stop);

/// The longest context that a model of Ollama was trained for; of other servers what they tell of their
/// window (told_window.h), if anything.
Result<std::optional<std::size_t>> contextLength(const Endpoint& endpoint, std::stop_token stop);

}  // namespace commonplace::llm
