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
#include "engine/llama/vocabulary.h"

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
    using OpenVocabulary =
        std::function<Result<std::unique_ptr<llama::Vocabulary>>(const std::filesystem::path&)>;
    explicit LoadedModels(Open open = llama::openChatEngine,
                          OpenVocabulary openVocabulary = llama::openVocabulary)
        : m_open(std::move(open)), m_openVocabulary(std::move(openVocabulary)) {}

    /// The one in memory if it is this file, unchanged, in this set-up, and not broken; else it is loaded in
    /// its place.
    /// Whoever still uses the other keeps it until then. Errors as llama::openChatEngine().
    Result<std::shared_ptr<LoadedModel>> get(const std::filesystem::path& file, const llama::ChatSetup& setup,
                                             const std::stop_token& stop);
    /// The tokenizer of a file, kept until that of another is asked for: opening it costs a quarter of a
    /// second where the vocabulary is large, and each question counts. Errors as llama::openVocabulary().
    Result<std::shared_ptr<const llama::Vocabulary>> vocabulary(const std::filesystem::path& file);

  private:
    struct Version {
        std::filesystem::path file;
        std::filesystem::file_time_type changed;
        bool operator==(const Version&) const = default;
    };
    static Version versionOf(const std::filesystem::path& file);
    struct Key {
        Version version;
        std::size_t window = 0;
        int threads = 0;
        bool operator==(const Key&) const = default;
    };
    Open m_open;
    OpenVocabulary m_openVocabulary;
    std::mutex m_mutex;  // held while loading: two threads that want the same model load it once
    std::optional<Key> m_key;
    std::shared_ptr<LoadedModel> m_model;
    std::mutex m_vocabularyMutex;  // its own: nobody who counts waits for a model that is being loaded
    std::optional<Version> m_vocabularyVersion;
    std::shared_ptr<const llama::Vocabulary> m_vocabulary;
};

}  // namespace commonplace::llm
