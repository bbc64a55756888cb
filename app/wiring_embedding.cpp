// The choice point of embedding models: built in, a file, a server.
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

#include "app/wiring.h"
#include "engine/embed/builtin_embedder.h"
#include "engine/embed/gguf_embedder.h"
#include "engine/embed/served_embedder.h"
#include "engine/library/embedding_reach.h"
#include "engine/llm/endpoint.h"

namespace commonplace::app {
namespace {

using KeyOf = std::function<std::string(const std::string& baseUrl)>;

/// A key belongs to one service: that of the chat model goes to no other.
std::string keyFor(const config::Settings& settings, const config::EmbeddingSettings& embedding,
                   const KeyOf& keyOf) {
    const EnvironmentSecrets secrets;
    if (auto own = secrets.secret("embedding_key")) return *own;
    if (const std::string kept = keyOf ? keyOf(embedding.baseUrl) : std::string(); !kept.empty()) return kept;
    const bool sameService = !embedding.baseUrl.empty() && embedding.baseUrl == settings.model.baseUrl;
    return sameService ? secrets.secret("api_key").value_or(std::string()) : std::string();
}

/// As library::checkReach(), for a server on this computer that sends the texts on, too.
Result<void> checkReach(const config::EmbeddingSettings& embedding) {
    const bool isForwarded = net::isLoopbackUrl(embedding.baseUrl) && llm::isForwarded(embedding.model);
    if (!isForwarded || embedding.reach == config::EmbeddingReach::Anywhere)
        return library::checkReach(embedding);
    return Error(ErrorCode::Refused,
                 "the embedding model " + embedding.model +
                     " does not run on this computer: the server here would send the text "
                     "of every document on; allow that with 'commonplace models embedding "
                     "set \"" +
                     config::toText(embedding) + "\" --send-documents', or choose a local model");
}

/// May the text of documents go there? `embedding.reach` is what the person allows.
Result<void> checkConsent(const config::Settings& settings, const config::EmbeddingSettings& embedding,
                          const net::Permit& permit) {
    if (net::isLoopbackUrl(embedding.baseUrl) && !llm::isForwarded(embedding.model)) return {};
    TRY_VOID(checkReach(embedding));
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

struct Served {
    CurrentSettings current;
    config::EmbeddingSettings embedding;
    net::Permit permit;
    KeyOf keyOf;
};

Result<std::unique_ptr<document::Embedder>> openServed(const Served& served, const std::string& key,
                                                       std::size_t dimension, const std::stop_token& stop) {
    const config::EmbeddingSettings& embedding = served.embedding;
    embed::ServedOptions options;
    options.api = embedding.source == "ollama" ? embed::ServedApi::Ollama : embed::ServedApi::OpenAi;
    options.baseUrl = embedding.baseUrl;
    options.model = embedding.model;
    options.key = key;
    options.dimension = dimension;
    options.permit = served.permit;
    // What was not allowed when it was opened stays impossible, whatever the address resolves to later.
    if (embedding.reach != config::EmbeddingReach::Anywhere) options.permit.reach = net::Reach::LoopbackOnly;
    return embed::openServedEmbedder(std::move(options), stop);
}

/// A server. Opening one is a trial that sends no document, and goes by the leave that comes with the choice:
/// the settings name it only when it works. After that the settings decide. They change while it is open,
/// perhaps in the middle of a long run, and a keyring may be opened late: each use asks again whether it may
/// still read documents, and with which key.
class Guarded final : public document::Embedder {
  public:
    using Shared = std::shared_ptr<const document::Embedder>;
    Guarded(Served served, std::string key, Shared embedder)
        : m_served(std::move(served)), m_first(std::move(embedder)), m_key(std::move(key)), m_now(m_first) {}

    const std::string& fingerprint() const override { return m_first->fingerprint(); }
    std::size_t dimension() const override { return m_first->dimension(); }
    double affinity(std::string_view text) const override { return m_first->affinity(text); }
    double fusionWeight() const override { return m_first->fusionWeight(); }
    document::EmbeddingPlace place() const override { return m_first->place(); }
    Result<document::Vectors> embed(std::span<const std::string_view> texts,
                                    std::stop_token stop) const override {
        TRY(const Shared embedder, permitted(stop));
        return embedder->embed(texts, std::move(stop));
    }
    Result<document::Vectors> embedQuestion(std::string_view question,
                                            std::span<const std::string_view> passages,
                                            std::stop_token stop) const override {
        TRY(const Shared embedder, permitted(stop));
        return embedder->embedQuestion(question, passages, std::move(stop));
    }

  private:
    Result<Shared> permitted(const std::stop_token& stop) const {
        TRY(const config::Settings now, m_served.current());
        // Not what was allowed when it was opened: that may be withdrawn, or another server chosen,
        // meanwhile.
        config::EmbeddingSettings allowed = m_served.embedding;
        allowed.reach = library::reachFor(allowed, now.embedding);
        TRY_VOID(checkConsent(now, allowed, m_served.permit));
        const std::string key = keyFor(now, m_served.embedding, m_served.keyOf);
        const std::lock_guard lock(m_mutex);
        if (key == m_key) return m_now;
        TRY(m_now,
            openServed(m_served, key, m_first->dimension(), stop));  // asks nobody: the dimension is known
        m_key = key;
        return m_now;
    }

    const Served m_served;
    const Shared m_first;
    mutable std::mutex m_mutex;
    mutable std::string m_key;  // guarded by m_mutex
    mutable Shared m_now;       // guarded by m_mutex
};

Result<std::unique_ptr<document::Embedder>> openGuarded(Served served, std::size_t dimension,
                                                        const std::stop_token& stop) {
    TRY(const config::Settings settings, served.current());
    TRY_VOID(net::checkUrl(served.embedding.baseUrl));
    TRY_VOID(checkConsent(settings, served.embedding, served.permit));
    std::string key = keyFor(settings, served.embedding, served.keyOf);
    TRY(auto embedder, openServed(served, key, dimension, stop));
    return std::unique_ptr<document::Embedder>(
        std::make_unique<Guarded>(std::move(served), std::move(key), std::move(embedder)));
}

}  // namespace

library::OpenEmbedder embedderOpener(const CurrentSettings& current, const net::Permit& permit,
                                     const KeyOf& keyOf) {
    return
        [current, permit, keyOf](const config::EmbeddingSettings& embedding, std::size_t dimension,
                                 const std::stop_token& stop) -> Result<std::unique_ptr<document::Embedder>> {
            if (embedding.isBuiltin()) return embed::openBuiltinEmbedder();
            if (embedding.isServed())
                return openGuarded({current, embedding, permit, keyOf}, dimension, stop);
            return embed::openGgufEmbedder({embedding.model, 0, {.memory = modelMemory()}}, stop);
        };
}

}  // namespace commonplace::app
