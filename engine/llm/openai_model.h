// The OpenAI-compatible case of served_model.h.
//
// Dialects that are met halfway: empty `choices`, usage chunk, missing [DONE], pings, errors inside a 200
// stream, error bodies of any shape, content in parts, refusals, an answer that is not streamed, reasoning
// (not shown), characters cut over two chunks. A 400 or 422 that complains about stream_options, max_tokens
// or temperature leads to one more request without it (max_tokens: as max_completion_tokens).
#pragma once

#include "engine/llm/served_model.h"

namespace commonplace::llm {

/// openModel() with Api::OpenAi.
Result<std::unique_ptr<document::ChatModel>> openOpenAiModel(Endpoint endpoint);

}  // namespace commonplace::llm
