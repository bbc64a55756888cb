#include "engine/llama/context.h"

#include <algorithm>
#include <span>

#include "engine/llama/guard.h"

namespace commonplace::llama {
namespace {

// Prompts are computed in pieces of this size. Larger ones gain little on a processor and delay a stop.
constexpr std::uint32_t kBatch = 128;

bool isStopped(void* stop) {
    return static_cast<const std::stop_token*>(stop)->stop_requested();
}

}  // namespace

Result<std::unique_ptr<Context>> Context::create(std::shared_ptr<const Model> model, std::size_t window,
                                                 int threads) {
    std::string reason;
    auto created = guarded(ErrorCode::Internal, "this model cannot be started", [&](const Watch& watch) {
        llama_context_params parameters = llama_context_default_params();
        parameters.n_ctx = static_cast<std::uint32_t>(window);
        parameters.n_batch = parameters.n_ubatch = std::min(kBatch, parameters.n_ctx);
        parameters.n_threads = parameters.n_threads_batch = threads;
        Handle context(llama_init_from_model(model->raw(), parameters));
        reason = watch.reason();
        return context;
    });
    if (!created) return created.error();
    if (!*created)
        return Error(ErrorCode::Limit, complaint("there is not enough memory to start this model", reason));
    return std::unique_ptr<Context>(new Context(std::move(model), std::move(*created)));
}

Context::Context(std::shared_ptr<const Model> model, Handle context)
    : m_model(std::move(model)), m_context(std::move(context)), m_window(llama_n_ctx(m_context.get())) {}

Context::~Context() {
    // After an assertion in the middle of a computation ggml's threads may wait for ever, and freeing would
    // wait for them: the memory is given up instead.
    if (m_isBroken) (void)m_context.release();
}

std::size_t Context::keepCommon(const Tokens& tokens) {
    const std::size_t most = std::min(m_known.size(), tokens.empty() ? 0 : tokens.size() - 1);
    std::size_t common = 0;
    while (common < most && m_known[common] == tokens[common]) ++common;
    llama_memory_t memory = llama_get_memory(m_context.get());
    // Models with a running state (Mamba and the like) cannot go back to any place, and start over.
    if (memory && !llama_memory_seq_rm(memory, 0, static_cast<llama_pos>(common), -1)) {
        llama_memory_clear(memory, true);
        common = 0;
    }
    m_known.resize(common);
    return common;
}

Result<Context::Step> Context::decode(std::span<const llama_token> tokens, const std::stop_token& stop) {
    if (m_isBroken) return Error(ErrorCode::Internal, "this model has failed before; load it again");
    if (m_known.size() + tokens.size() > m_window)
        return Error(ErrorCode::Limit, "the model's window is full");
    while (!tokens.empty()) {
        if (stop.stop_requested()) return Step::Stopped;
        const auto batch = tokens.first(std::min<std::size_t>(kBatch, tokens.size()));
        TRY(const Step step, decodeBatch(batch, stop));
        if (step == Step::Stopped) return step;
        tokens = tokens.subspan(batch.size());
    }
    return Step::Done;
}

Result<Context::Step> Context::decodeBatch(std::span<const llama_token> batch, const std::stop_token& stop) {
    constexpr int kNoRoom = 1, kAborted = 2;
    const auto code = guarded(ErrorCode::Internal, "the model failed", [&](const Watch&) {
        llama_set_abort_callback(m_context.get(), isStopped, const_cast<std::stop_token*>(&stop));
        const int result = llama_decode(
            m_context.get(),
            llama_batch_get_one(const_cast<llama_token*>(batch.data()), static_cast<int>(batch.size())));
        llama_set_abort_callback(m_context.get(), nullptr, nullptr);
        return result;
    });
    if (!code) return giveUp(code.error());
    if (*code == kAborted) return afterStop();
    if (*code == kNoRoom) return Error(ErrorCode::Limit, "the model's window is full");
    if (*code != 0)
        return giveUp({ErrorCode::Internal, "the model failed (code " + std::to_string(*code) + ")"});
    m_known.insert(m_known.end(), batch.begin(), batch.end());
    return Step::Done;
}

/// The batch was left half computed: what of it is in memory is not trusted.
Result<Context::Step> Context::afterStop() {
    llama_memory_t memory = llama_get_memory(m_context.get());
    if (memory && !llama_memory_seq_rm(memory, 0, static_cast<llama_pos>(m_known.size()), -1)) {
        llama_memory_clear(memory, true);
        m_known.clear();
    }
    return Step::Stopped;
}

Error Context::giveUp(const Error& why) {
    m_isBroken = true;
    return why;
}

}  // namespace commonplace::llama
