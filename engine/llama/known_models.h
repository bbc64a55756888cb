// KnownModels: which model files were tried and found good, as small files in a folder. A model is known by
// its path, size, inode and times of change, so that a replaced file is tried again. Thread: any, and any
// process.
#pragma once

#include <filesystem>
#include <optional>

#include "engine/llama/model_facts.h"

namespace commonplace::llama {

class KnownModels final {
  public:
    /// An empty path: nothing is known and nothing remembered.
    explicit KnownModels(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    std::optional<ModelFacts> find(const std::filesystem::path& model) const;
    /// A note that cannot be written costs a repeated trial and nothing else.
    void remember(const std::filesystem::path& model, const ModelFacts& facts) const;

  private:
    std::filesystem::path noteOf(const std::filesystem::path& model) const;
    std::filesystem::path m_folder;
};

}  // namespace commonplace::llama
