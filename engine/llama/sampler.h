// The chain of samplers that chooses the next token, inside this room.
#pragma once

#include <llama.h>

#include <memory>

#include "engine/llama/chat_engine.h"

namespace commonplace::llama {

struct FreeSampler {
    void operator()(llama_sampler* sampler) const { llama_sampler_free(sampler); }
};
using Sampler = std::unique_ptr<llama_sampler, FreeSampler>;

Sampler makeSampler(const Sampling& sampling, const llama_vocab* vocabulary);

}  // namespace commonplace::llama
