// The choice point of embedding models: built in, a file, a server.
#include <utility>

#include "app/wiring.h"
#include "engine/embed/builtin_embedder.h"
#include "engine/embed/gguf_embedder.h"
#include "engine/embed/served_embedder.h"

namespace commonplace::app {
namespace {

/// A key belongs to one service: that of the chat model goes to no other.
std::string keyFor(const config::Settings& settings, const config::EmbeddingSettings& embedding) {
    const EnvironmentSecrets secrets;
    if (auto own = secrets.secret("embedding_key")) return *own;
    const bool sameService = !embedding.baseUrl.empty() && embedding.baseUrl == settings.model.baseUrl;
    return sameService ? secrets.secret("api_key").value_or(std::string()) : std::string();
}

/// May the text of documents go there?
Result<void> checkConsent(const config::Settings& settings, const config::EmbeddingSettings& embedding,
                          const net::Permit& permit) {
    if (net::isLoopbackUrl(embedding.baseUrl)) return {};
    if (embedding.reach != config::EmbeddingReach::Anywhere)
        return Error(
            ErrorCode::Refused,
            "the embedding server is not this computer, and the text of every document would be sent "
            "to it; allow that with --send-documents, or choose a local model");
    if (!settings.privacy.localOnly.empty())
        return Error(ErrorCode::Refused,
                     "some folders are for this computer only, and an embedding server elsewhere would read "
                     "all documents; choose a local model");
    if (permit.isOffline() || settings.network.offline)
        return Error(ErrorCode::Refused,
                     "the embedding server is not this computer, and the program is offline; go online, or "
                     "choose a local model");
    return {};
}

Result<std::unique_ptr<document::Embedder>> openServed(const config::Settings& settings,
                                                       const config::EmbeddingSettings& embedding,
                                                       std::size_t dimension, const net::Permit& permit,
                                                       const std::stop_token& stop) {
    TRY_VOID(net::checkUrl(embedding.baseUrl));
    TRY_VOID(checkConsent(settings, embedding, permit));
    embed::ServedOptions options;
    options.api = embedding.source == "ollama" ? embed::ServedApi::Ollama : embed::ServedApi::OpenAi;
    options.baseUrl = embedding.baseUrl;
    options.model = embedding.model;
    options.key = keyFor(settings, embedding);
    options.dimension = dimension;
    options.permit = permit;
    // What was not allowed when it was opened stays impossible, whatever the address resolves to later.
    if (embedding.reach != config::EmbeddingReach::Anywhere) options.permit.reach = net::Reach::LoopbackOnly;
    return embed::openServedEmbedder(std::move(options), stop);
}

}  // namespace

Result<std::unique_ptr<document::Embedder>> wireEmbedder(const config::Settings& settings,
                                                         const config::EmbeddingSettings& embedding,
                                                         std::size_t dimension, const net::Permit& permit,
                                                         const std::stop_token& stop) {
    if (embedding.isBuiltin()) return embed::openBuiltinEmbedder();
    if (embedding.isServed()) return openServed(settings, embedding, dimension, permit, stop);
    return embed::openGgufEmbedder({embedding.model, 0, {.memory = modelMemory()}}, stop);
}

library::OpenEmbedder embedderOpener(const config::Settings& settings, const net::Permit& permit) {
    return [settings, permit](const config::EmbeddingSettings& embedding, std::size_t dimension,
                              const std::stop_token& stop) {
        return wireEmbedder(settings, embedding, dimension, permit, stop);
    };
}

}  // namespace commonplace::app
