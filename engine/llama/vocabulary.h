// Vocabulary: the tokenizer of a GGUF file without its weights; opened in a tenth of a second. Thread: const,
// any.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string_view>

#include "engine/base/result.h"

namespace commonplace::llama {

class Vocabulary {
  public:
    virtual ~Vocabulary() = default;
    /// Tokens of a text as part of a message, exact: what looks like a command to the model counts as
    /// letters.
    virtual Result<std::size_t> count(std::string_view text) const = 0;
};

/// Errors as openChatEngine().
Result<std::unique_ptr<Vocabulary>> openVocabulary(const std::filesystem::path& file);

}  // namespace commonplace::llama
