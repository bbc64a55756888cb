// LoadedModels: the models that are in memory, so that the next question finds them there, with what they
// remember of the conversation. Two at a time, for answers and for small tasks; one where memory is short.
// Thread: any.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

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

    /// The one in memory if it is this file, unchanged, in this set-up, and not broken; else it is loaded,
    /// and the one that was used longest ago makes room: of two always, of one when the window would be
    /// smaller beside it. Whoever still uses that one keeps it until then. Errors as llama::openChatEngine().
    Result<std::shared_ptr<LoadedModel>> get(const std::filesystem::path& file, const llama::ChatSetup& setup,
                                             const std::stop_token& stop);
    /// Of the file in memory, unchanged; nothing when it is not there.
    std::optional<std::size_t> windowOf(const std::filesystem::path& file);
    /// What the windows of all models in memory take: loading another one can have it.
    std::uint64_t windowBytes();
    /// The tokenizer of a file, kept as the models are: opening it costs a quarter of a second where the
    /// vocabulary is large, and each question counts. Errors as llama::openVocabulary().
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
    struct Slot {
        Key key;
        std::shared_ptr<LoadedModel> model;
    };
    struct Words {
        Version version;
        std::shared_ptr<const llama::Vocabulary> vocabulary;
    };
    std::shared_ptr<LoadedModel> found(const Key& key);
    void makeRoomFor(const std::filesystem::path& file);
    Result<std::unique_ptr<llama::ChatEngine>> load(const Key& key, const std::stop_token& stop);

    std::mutex m_loading;  // two threads that want the same model load it once
    std::mutex m_mutex;  // held for a moment only: who counts does not wait for a model that is being loaded
    std::vector<Slot> m_slots;  // guarded by m_mutex; the one used last comes first
    std::mutex m_opening;
    std::vector<Words> m_words;  // guarded by m_opening; the newest comes first
};

}  // namespace commonplace::llm
