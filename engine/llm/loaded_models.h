// LoadedModels: the model that is in memory, so that the next question finds it there, with what it remembers
// of the conversation. One at a time: they are large. Thread: any.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

#include "engine/base/result.h"
#include "engine/llama/chat_engine.h"

namespace commonplace::llm {

/// One engine; whoever generates holds `busy`.
struct LoadedModel {
    std::unique_ptr<llama::ChatEngine> engine;
    std::mutex busy;
};

class LoadedModels final {
  public:
    using Open = std::function<Result<std::unique_ptr<llama::ChatEngine>>(
        const std::filesystem::path&, const llama::ChatSetup&, const std::stop_token&)>;
    explicit LoadedModels(Open open = llama::openChatEngine) : m_open(std::move(open)) {}

    /// The one in memory if it is this file, unchanged, in this set-up, and not broken; else it is loaded in
    /// its place.
    /// Whoever still uses the other keeps it until then. Errors as llama::openChatEngine().
    Result<std::shared_ptr<LoadedModel>> get(const std::filesystem::path& file, const llama::ChatSetup& setup,
                                             const std::stop_token& stop);

  private:
    struct Key {
        std::filesystem::path file;
        std::filesystem::file_time_type changed;
        std::size_t window = 0;
        int threads = 0;
        bool operator==(const Key&) const = default;
    };
    Open m_open;
    std::mutex m_mutex;  // held while loading: two threads that want the same model load it once
    std::optional<Key> m_key;
    std::shared_ptr<LoadedModel> m_model;
};

}  // namespace commonplace::llm
