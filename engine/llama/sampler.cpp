#include "engine/llama/sampler.h"

namespace commonplace::llama {

Sampler makeSampler(const Sampling& sampling, const llama_vocab* vocabulary) {
    constexpr int kLookBack = 64;
    Sampler chain(llama_sampler_chain_init(llama_sampler_chain_default_params()));
    const auto add = [&](llama_sampler* next) { llama_sampler_chain_add(chain.get(), next); };
    if (sampling.repeatPenalty > 1.0)
        add(llama_sampler_init_penalties(llama_vocab_n_tokens(vocabulary), kLookBack,
                                         static_cast<float>(sampling.repeatPenalty), 0.0F, 0.0F));
    if (sampling.temperature <= 0) {
        add(llama_sampler_init_greedy());
        return chain;
    }
    if (sampling.topK > 0) add(llama_sampler_init_top_k(sampling.topK));
    if (sampling.topP < 1) add(llama_sampler_init_top_p(static_cast<float>(sampling.topP), 1));
    if (sampling.minP > 0) add(llama_sampler_init_min_p(static_cast<float>(sampling.minP), 1));
    add(llama_sampler_init_temp(static_cast<float>(sampling.temperature)));
    add(llama_sampler_init_dist(sampling.seed));
    return chain;
}

}  // namespace commonplace::llama
