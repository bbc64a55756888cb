// The choice point of embedding models: built in, a file, a server.
#include <functional>
#include <utility>

#include "app/wiring.h"
#include "engine/embed/builtin_embedder.h"
#include "engine/embed/gguf_embedder.h"
#include "engine/embed/served_embedder.h"
#include "engine/library/embedding_reach.h"

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
    TRY_VOID(library::checkReach(embedding));
    if (!settings.privacy.localOnly.empty())
        return Error(ErrorCode::Refused,
                     "some folders are for this computer only, and an embedding server elsewhere would read "
                     "all documents; choose a local model");
    // A shared switch knows better than a file that may not be written yet.
    if (permit.isOffline() || (!permit.traffic && settings.network.offline))
        return Error(ErrorCode::Refused,
                     "the embedding server is not this computer, and the program is offline; go online, or "
                     "choose a local model");
    return {};
}

/// A server elsewhere. Settings change while it is open, perhaps in the middle of a long run, so each use
/// asks again whether it may still read documents.
class Guarded final : public document::Embedder {
  public:
    using Check = std::function<Result<void>()>;
    Guarded(std::unique_ptr<document::Embedder> embedder, Check check)
        : m_embedder(std::move(embedder)), m_check(std::move(check)) {}

    const std::string& fingerprint() const override { return m_embedder->fingerprint(); }
    std::size_t dimension() const override { return m_embedder->dimension(); }
    double affinity(std::string_view text) const override { return m_embedder->affinity(text); }
    double fusionWeight() const override { return m_embedder->fusionWeight(); }
    document::EmbeddingPlace place() const override { return m_embedder->place(); }
    Result<document::Vectors> embed(std::span<const std::string_view> texts,
                                    std::stop_token stop) const override {
        TRY_VOID(m_check());
        return m_embedder->embed(texts, std::move(stop));
    }
    Result<document::Vectors> embedQuestion(std::string_view question,
                                            std::span<const std::string_view> passages,
                                            std::stop_token stop) const override {
        TRY_VOID(m_check());
        return m_embedder->embedQuestion(question, passages, std::move(stop));
    }

  private:
    const std::unique_ptr<document::Embedder> m_embedder;
    const Check m_check;
};

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

Result<std::unique_ptr<document::Embedder>> openGuarded(const CurrentSettings& current,
                                                        const config::EmbeddingSettings& embedding,
                                                        std::size_t dimension, const net::Permit& permit,
                                                        const std::stop_token& stop) {
    TRY(const config::Settings settings, current());
    TRY(auto embedder, openServed(settings, embedding, dimension, permit, stop));
    if (net::isLoopbackUrl(embedding.baseUrl)) return embedder;
    const auto check = [current, embedding, permit]() -> Result<void> {
        TRY(const config::Settings now, current());
        return checkConsent(now, embedding, permit);
    };
    return std::unique_ptr<document::Embedder>(std::make_unique<Guarded>(std::move(embedder), check));
}

}  // namespace

library::OpenEmbedder embedderOpener(const CurrentSettings& current, const net::Permit& permit) {
    return [current, permit](const config::EmbeddingSettings& embedding, std::size_t dimension,
                             const std::stop_token& stop) -> Result<std::unique_ptr<document::Embedder>> {
        if (embedding.isBuiltin()) return embed::openBuiltinEmbedder();
        if (embedding.isServed()) return openGuarded(current, embedding, dimension, permit, stop);
        return embed::openGgufEmbedder({embedding.model, 0, {.memory = modelMemory()}}, stop);
    };
}

}  // namespace commonplace::app
