#include "engine/config/embedding.h"

#include <utility>

#include "engine/config/address.h"
#include "engine/config/settings.h"

namespace commonplace::config {
namespace {

constexpr std::string_view kBuiltin = "builtin";
constexpr std::string_view kFile = "gguf:";
constexpr std::string_view kOpenAi = "openai:";
constexpr std::string_view kOllama = "ollama:";
constexpr const char* kWhatItMayBe =
    "; name builtin, one of 'commonplace models list', a file that ends with .gguf, or URL#model of a server";

bool takeStart(std::string_view& text, std::string_view start) {
    if (!text.starts_with(start)) return false;
    text.remove_prefix(start.size());
    return true;
}

Error wrong(const std::string& why) {
    return {ErrorCode::InvalidArgument, why + kWhatItMayBe};
}

Result<EmbeddingSettings> served(std::string source, std::string_view place) {
    const std::size_t at = place.find('#');
    if (at == place.npos || at + 1 == place.size())
        return wrong("the address of an embedding model must end with #model");
    if (!isWebAddress(place))
        return wrong("the address of an embedding model must begin with http:// or https://");
    return EmbeddingSettings{std::move(source), std::string(place.substr(at + 1)),
                             std::string(place.substr(0, at)), EmbeddingReach::ThisComputer};
}

}  // namespace

std::string toText(const EmbeddingSettings& embedding) {
    if (embedding.isBuiltin()) return std::string(kBuiltin);
    if (embedding.source == "gguf") return std::string(kFile) + embedding.model;
    return embedding.source + ":" + embedding.baseUrl + "#" + embedding.model;
}

Result<EmbeddingSettings> parseEmbedding(std::string_view text) {
    if (text == kBuiltin) return EmbeddingSettings{};
    if (takeStart(text, kOpenAi)) return served("openai", text);
    if (takeStart(text, kOllama)) return served("ollama", text);
    if (takeStart(text, kFile) && !text.empty())
        return EmbeddingSettings{"gguf", std::string(text), {}, EmbeddingReach::ThisComputer};
    if (isWebAddress(text)) return served(apiOfAddress(text) == "ollama" ? "ollama" : "openai", text);
    if (text.ends_with(".gguf"))
        return EmbeddingSettings{"gguf", std::string(text), {}, EmbeddingReach::ThisComputer};
    return wrong("this is no embedding model that the program knows");
}

Result<void> saveEmbedding(const std::filesystem::path& file, const EmbeddingSettings& embedding) {
    return changeSettings(file, [&embedding](Settings settings) {
        settings.embedding = embedding;
        return settings;
    });
}

}  // namespace commonplace::config
