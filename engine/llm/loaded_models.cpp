#include "engine/llm/loaded_models.h"

#include <algorithm>
#include <utility>

namespace commonplace::llm {
namespace {

constexpr std::size_t kMostModels = 2;

bool isCramped(const Result<std::unique_ptr<llama::ChatEngine>>& engine, std::size_t window) {
    return engine ? (*engine)->window() < window : engine.error().code() == ErrorCode::Limit;
}

}  // namespace

Result<std::shared_ptr<LoadedModel>> LoadedModels::get(const std::filesystem::path& file,
                                                       const llama::ChatSetup& setup,
                                                       const std::stop_token& stop) {
    const std::scoped_lock loading(m_loading);
    Key key{versionOf(file), setup.window, setup.threads};
    if (auto known = found(key)) return known;
    makeRoomFor(file);
    auto fresh = std::make_shared<LoadedModel>();
    TRY(fresh->engine, load(key, stop));
    const std::scoped_lock lock(m_mutex);
    m_slots.insert(m_slots.begin(), {std::move(key), fresh});
    return fresh;
}

std::shared_ptr<LoadedModel> LoadedModels::found(const Key& key) {
    const std::scoped_lock lock(m_mutex);
    const auto at = std::find_if(m_slots.begin(), m_slots.end(), [&key](const Slot& slot) {
        return slot.key == key && !slot.model->engine->isBroken();
    });
    if (at == m_slots.end()) return nullptr;
    std::rotate(m_slots.begin(), at, at + 1);
    return m_slots.front().model;
}

void LoadedModels::makeRoomFor(const std::filesystem::path& file) {
    const std::scoped_lock lock(m_mutex);
    std::erase_if(m_slots, [&file](const Slot& slot) {
        return slot.key.version.file == file || slot.model->engine->isBroken();
    });
    if (m_slots.size() >= kMostModels) m_slots.resize(kMostModels - 1);
}

Result<std::unique_ptr<llama::ChatEngine>> LoadedModels::load(const Key& key, const std::stop_token& stop) {
    const llama::ChatSetup setup{key.window, key.threads};
    auto engine = m_open(key.version.file, setup, stop);
    if (!isCramped(engine, setup.window)) return engine;
    {
        const std::scoped_lock lock(m_mutex);
        if (m_slots.empty()) return engine;
        m_slots.clear();
    }
    if (engine) engine->reset();  // first, so that the two never share the memory
    return m_open(key.version.file, setup, stop);
}

std::optional<std::size_t> LoadedModels::windowOf(const std::filesystem::path& file) {
    const std::scoped_lock lock(m_mutex);
    const Version version = versionOf(file);
    for (const Slot& slot : m_slots)
        if (slot.key.version == version) return slot.model->engine->window();
    return std::nullopt;
}

std::uint64_t LoadedModels::windowBytes() {
    const std::scoped_lock lock(m_mutex);
    std::uint64_t bytes = 0;
    for (const Slot& slot : m_slots)
        bytes += slot.model->engine->window() * slot.model->engine->facts().windowTokenBytes;
    return bytes;
}

Result<std::shared_ptr<const llama::Vocabulary>> LoadedModels::vocabulary(const std::filesystem::path& file) {
    const std::scoped_lock lock(m_opening);
    Version version = versionOf(file);
    for (const Words& words : m_words)
        if (words.version == version) return words.vocabulary;
    std::erase_if(m_words, [&file](const Words& words) { return words.version.file == file; });
    TRY(std::shared_ptr<const llama::Vocabulary> fresh, m_openVocabulary(file));
    m_words.insert(m_words.begin(), {std::move(version), fresh});
    if (m_words.size() > kMostModels) m_words.pop_back();
    return fresh;
}

LoadedModels::Version LoadedModels::versionOf(const std::filesystem::path& file) {
    std::error_code failed;
    return {file, std::filesystem::last_write_time(file, failed)};
}

}  // namespace commonplace::llm
