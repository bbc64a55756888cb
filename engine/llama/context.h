// Context: what a model computes with, and the tokens it has computed. Inside this room. Thread: one at a
// time.
#pragma once

#include <llama.h>

#include <atomic>
#include <cstddef>
#include <memory>
#include <span>
#include <stop_token>

#include "engine/base/result.h"
#include "engine/llama/model.h"

namespace commonplace::llama {

struct FreeContext {
    void operator()(llama_context* context) const { llama_free(context); }
};

class Context final {
  public:
    /// Limit when the memory for it cannot be had.
    static Result<std::unique_ptr<Context>> create(std::shared_ptr<const Model> model, std::size_t window,
                                                   int threads);
    ~Context();

    std::size_t window() const { return m_window; }
    llama_context* raw() const { return m_context.get(); }
    /// llama.cpp gave up; every decode() from now on is an Error. Any thread.
    bool isBroken() const { return m_isBroken; }

    void setThreads(int threads) { llama_set_n_threads(m_context.get(), threads, threads); }

    /// Forgets what differs from `tokens` and says how many of its first ones are known: never all, for the
    /// last one must be computed to know what follows it.
    std::size_t keepCommon(const Tokens& tokens);

    enum class Step { Done, Stopped };
    /// Computes tokens behind those that are known. Limit when the window is full, Internal when llama.cpp
    /// gives up, after which the context is of no more use (and says so).
    Result<Step> decode(std::span<const llama_token> tokens, const std::stop_token& stop);

  private:
    using Handle = std::unique_ptr<llama_context, FreeContext>;
    Context(std::shared_ptr<const Model> model, Handle context);
    Result<Step> decodeBatch(std::span<const llama_token> batch, const std::stop_token& stop);
    Result<Step> afterStop();
    Error giveUp(const Error& why);

    std::shared_ptr<const Model> m_model;  // outlives the context
    Handle m_context;
    std::size_t m_window = 0;
    Tokens m_known;
    std::atomic<bool> m_isBroken = false;
};

}  // namespace commonplace::llama
