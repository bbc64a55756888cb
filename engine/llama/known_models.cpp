#include "engine/llama/known_models.h"

#include <sys/stat.h>

#include "engine/base/file.h"
#include "engine/base/hash.h"

namespace commonplace::llama {
namespace {

constexpr std::size_t kMostNote = 4096;
constexpr const char* kForm = "1";  // of the note, and of what a trial consists of

}  // namespace

std::filesystem::path KnownModels::noteOf(const std::filesystem::path& model) const {
    struct ::stat info {};
    const auto absolute = base::absolutePath(model);
    if (m_folder.empty() || !absolute || ::stat(absolute->c_str(), &info) != 0) return {};
    std::string identity = std::string(kForm) + '\0' + *absolute;
    for (const auto number :
         {static_cast<long long>(info.st_size), static_cast<long long>(info.st_ino),
          static_cast<long long>(info.st_mtim.tv_sec), static_cast<long long>(info.st_mtim.tv_nsec),
          static_cast<long long>(info.st_ctim.tv_sec), static_cast<long long>(info.st_ctim.tv_nsec)})
        identity += '\0' + std::to_string(number);
    return m_folder / (base::sha256Hex(identity) + ".txt");
}

std::optional<ModelFacts> KnownModels::find(const std::filesystem::path& model) const {
    const auto note = noteOf(model);
    if (note.empty()) return std::nullopt;
    const auto text = base::readFile(note, kMostNote);
    if (!text) return std::nullopt;
    const auto facts = factsFromText(*text);
    return facts ? std::optional(*facts) : std::nullopt;
}

void KnownModels::remember(const std::filesystem::path& model, const ModelFacts& facts) const {
    const auto note = noteOf(model);
    if (note.empty()) return;
    std::error_code failed;
    std::filesystem::create_directories(m_folder, failed);
    (void)base::writeFileAtomically(note, toText(facts));
}

}  // namespace commonplace::llama
