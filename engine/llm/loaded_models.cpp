#include "engine/llm/loaded_models.h"

#include <utility>

namespace commonplace::llm {

Result<std::shared_ptr<LoadedModel>> LoadedModels::get(const std::filesystem::path& file,
                                                       const llama::ChatSetup& setup,
                                                       const std::stop_token& stop) {
    const std::scoped_lock lock(m_mutex);
    Key key{versionOf(file), setup.window, setup.threads};
    if (m_model && m_key == key && !m_model->engine->isBroken()) return m_model;
    m_key.reset();
    m_model.reset();  // first, so that two models never share the memory
    auto fresh = std::make_shared<LoadedModel>();
    TRY(fresh->engine, m_open(file, setup, stop));
    m_key = std::move(key);
    return m_model = std::move(fresh);
}

Result<std::shared_ptr<const llama::Vocabulary>> LoadedModels::vocabulary(const std::filesystem::path& file) {
    const std::scoped_lock lock(m_vocabularyMutex);
    Version version = versionOf(file);
    if (m_vocabulary && m_vocabularyVersion == version) return m_vocabulary;
    TRY(std::shared_ptr<const llama::Vocabulary> fresh, m_openVocabulary(file));
    m_vocabularyVersion = std::move(version);
    return m_vocabulary = std::move(fresh);
}

LoadedModels::Version LoadedModels::versionOf(const std::filesystem::path& file) {
    std::error_code failed;
    return {file, std::filesystem::last_write_time(file, failed)};
}

}  // namespace commonplace::llm
