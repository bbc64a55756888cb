// Which model turns passages and questions into vectors, as a plain value and as the one line that the
// command line takes and index.db keeps beside the vectors. Any thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace commonplace::config {

/// May the text of the documents leave this computer for their vectors? Every passage would.
enum class EmbeddingReach { ThisComputer, Anywhere };

struct EmbeddingSettings {
    std::string source = "builtin";  ///< builtin, gguf, openai or ollama
    std::string model;               ///< gguf: the file, absolute; a server: the model's id
    std::string baseUrl;             ///< of a server: "http://127.0.0.1:8080/v1"
    EmbeddingReach reach = EmbeddingReach::ThisComputer;

    bool isBuiltin() const { return source == "builtin"; }
    bool isServed() const { return source == "openai" || source == "ollama"; }
    /// The same model at the same place; how far it may reach is another matter.
    bool namesSameAs(const EmbeddingSettings& other) const {
        return source == other.source && model == other.model && baseUrl == other.baseUrl;
    }
};

/// "builtin", "gguf:/models/e5.gguf", "openai:http://127.0.0.1:8080/v1#e5", "ollama:http://…#nomic".
std::string toText(const EmbeddingSettings& embedding);

/// Reads toText()'s form and what people type: FILE.gguf, and URL#model, which means Ollama when the port is
/// 11434 and the path does not end with /v1, else OpenAI's protocol. InvalidArgument, saying what it may be.
Result<EmbeddingSettings> parseEmbedding(std::string_view text);

/// Keeps a choice in a settings file (settings.h), for new libraries begin with what was chosen last; the
/// rest of the file stays as it is. Errors as loadSettings() and saveSettings().
Result<void> saveEmbedding(const std::filesystem::path& file, const EmbeddingSettings& embedding);

}  // namespace commonplace::config
