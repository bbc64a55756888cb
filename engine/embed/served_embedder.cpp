#include "engine/embed/served_embedder.h"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "engine/base/text.h"
#include "engine/embed/prefixes.h"
#include "engine/embed/served_connection.h"

namespace commonplace::embed {
namespace {

using Patience = ServedConnection::Patience;
using document::Vectors;

// A server that refuses even this much as too long is no use.
constexpr std::size_t kShortestCut = 32;

/// Texts with the rows that their vectors go to. Texts without a visible character are left out.
struct Batch {
    std::vector<std::string> texts;
    std::vector<std::size_t> rows;
    std::size_t bytes = 0;
};

class ServedEmbedder final : public document::Embedder {
  public:
    explicit ServedEmbedder(ServedOptions options)
        : m_options(std::move(options)), m_prefixes(prefixesFor(m_options.model)), m_connection(m_options) {
        setDimension(m_options.dimension);
    }

    const std::string& fingerprint() const override { return m_fingerprint; }
    std::size_t dimension() const override { return m_dimension; }
    /// Nobody tells which languages it knows; most served models know many.
    double affinity(std::string_view) const override { return 1; }
    double fusionWeight() const override { return 0.5; }
    document::EmbeddingPlace place() const override { return document::EmbeddingPlace::Server; }

    Result<Vectors> embed(std::span<const std::string_view> texts, std::stop_token stop) const override {
        std::vector<std::string> ready;
        for (const std::string_view text : texts) ready.push_back(prepared(text, m_prefixes.passage));
        return embedAll(std::move(ready), Patience::Long, stop);
    }

    Result<Vectors> embedQuestion(std::string_view question, std::span<const std::string_view> passages,
                                  std::stop_token stop) const override {
        if (const auto tired = resting()) return *tired;
        std::vector<std::string> ready{prepared(question, m_prefixes.question)};
        for (const std::string_view text : passages) ready.push_back(prepared(text, m_prefixes.passage));
        auto vectors = embedAll(std::move(ready), Patience::Short, stop);
        if (!vectors && vectors.error().code() != ErrorCode::Cancelled) rest(vectors.error());
        return vectors;
    }

    /// Asks the server for the dimension with a first text.
    Result<void> findDimension(const std::stop_token& stop) {
        const std::vector<std::string> one{prepared("dimension", m_prefixes.passage)};
        TRY(const Vectors vectors, m_connection.send(one, 0, Patience::Long, stop));
        setDimension(vectors.dimension);
        return {};
    }

  private:
    using Clock = std::chrono::steady_clock;

    void setDimension(std::size_t dimension) {
        m_dimension = dimension;
        m_fingerprint =
            std::string(name(m_options.api)) + "/" + m_options.model + "/" + std::to_string(dimension);
        if (!m_prefixes.name.empty()) m_fingerprint += "/" + m_prefixes.name;
    }

    /// Empty when there is nothing to embed.
    std::string prepared(std::string_view text, const std::string& prefix) const {
        const std::string_view seen = base::trim(base::clipUtf8(text, m_options.maxTextBytes));
        return seen.empty() ? std::string() : prefix + std::string(seen);
    }

    Result<Vectors> embedAll(std::vector<std::string> texts, Patience patience,
                             const std::stop_token& stop) const {
        Vectors vectors{m_dimension, std::vector<float>(texts.size() * m_dimension, 0.0f)};
        Batch batch;
        for (std::size_t row = 0; row < texts.size(); ++row) {
            const bool full = batch.texts.size() >= m_options.maxBatchTexts ||
                              batch.bytes + texts[row].size() > m_options.maxBatchBytes;
            if (full && !batch.texts.empty()) {
                TRY_VOID(run(std::exchange(batch, {}), vectors, patience, stop));
            }
            if (texts[row].empty()) continue;
            batch.bytes += texts[row].size();
            batch.texts.push_back(std::move(texts[row]));
            batch.rows.push_back(row);
        }
        if (!batch.texts.empty()) TRY_VOID(run(std::move(batch), vectors, patience, stop));
        return vectors;
    }

    /// Which text was too long is not told: the batch is halved until each long one stands alone and is cut.
    Result<void> run(Batch batch, Vectors& vectors, Patience patience, const std::stop_token& stop) const {
        if (stop.stop_requested()) return Error(ErrorCode::Cancelled, "embedding was cancelled");
        const auto made = m_connection.send(batch.texts, m_dimension, patience, stop);
        if (made) {
            put(*made, batch, vectors);
            return {};
        }
        if (made.error().code() != ErrorCode::Limit) return made.error();
        if (batch.texts.size() > 1) {
            Batch rest = secondHalf(batch);
            TRY_VOID(run(std::move(batch), vectors, patience, stop));
            return run(std::move(rest), vectors, patience, stop);
        }
        std::string& text = batch.texts.front();
        if (text.size() / 2 < kShortestCut) return made.error();
        text = std::string(base::clipUtf8(text, text.size() / 2));
        return run(std::move(batch), vectors, patience, stop);
    }

    static Batch secondHalf(Batch& batch) {
        const auto half = static_cast<std::ptrdiff_t>(batch.texts.size() / 2);
        Batch rest;
        rest.texts.assign(std::make_move_iterator(batch.texts.begin() + half),
                          std::make_move_iterator(batch.texts.end()));
        rest.rows.assign(batch.rows.begin() + half, batch.rows.end());
        batch.texts.resize(static_cast<std::size_t>(half));
        batch.rows.resize(static_cast<std::size_t>(half));
        return rest;
    }

    static void put(const Vectors& made, const Batch& batch, Vectors& vectors) {
        for (std::size_t i = 0; i < batch.rows.size(); ++i) {
            const auto row = made.row(i);
            std::copy(
                row.begin(), row.end(),
                vectors.values.begin() + static_cast<std::ptrdiff_t>(batch.rows[i] * vectors.dimension));
        }
    }

    /// The last failure, while it is too recent to try again.
    std::optional<Error> resting() const {
        const std::lock_guard lock(m_mutex);
        return Clock::now() < m_restsUntil ? m_failure : std::nullopt;
    }
    void rest(const Error& failure) const {
        const std::lock_guard lock(m_mutex);
        m_failure = failure;
        m_restsUntil = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                          std::chrono::duration<double>(m_options.restSeconds));
    }

    const ServedOptions m_options;
    const Prefixes m_prefixes;
    const ServedConnection m_connection;  // refers to m_options
    std::size_t m_dimension = 0;
    std::string m_fingerprint;
    mutable std::mutex m_mutex;
    mutable std::optional<Error> m_failure;    // guarded by m_mutex
    mutable Clock::time_point m_restsUntil{};  // guarded by m_mutex
};

/// The one form of an address, with what each protocol's path brings itself taken away.
std::string normalized(std::string url, ServedApi api) {
    const auto drop = [&url](std::string_view end) {
        while (url.ends_with('/')) url.pop_back();
        if (url.ends_with(end)) url.resize(url.size() - end.size());
    };
    drop(api == ServedApi::OpenAi ? "/embeddings" : "/api/embed");
    if (api == ServedApi::Ollama) drop("/v1");
    if (api == ServedApi::Ollama) drop("/api");
    while (url.ends_with('/')) url.pop_back();
    return url;
}

Result<void> check(const ServedOptions& options) {
    TRY_VOID(net::checkUrl(options.baseUrl));
    if (options.baseUrl.find_first_of("?#") != std::string::npos)
        return Error(
            ErrorCode::InvalidArgument,
            "the address of an embedding server must end with its path (usually /v1), without ? or #");
    if (options.model.empty() || options.model.size() > 200)
        return Error(ErrorCode::InvalidArgument, "name the embedding model, as in URL#model");
    const auto isVisible = [](char c) { return c > 0x20 && c < 0x7F; };
    if (!std::all_of(options.key.begin(), options.key.end(), isVisible))
        return Error(ErrorCode::InvalidArgument,
                     "the key of the embedding server has characters that cannot be sent; copy it again");
    if (options.permit.isOffline() && !net::isLoopbackUrl(options.baseUrl))
        return Error(
            ErrorCode::Refused,
            "the embedding server is not this computer, and no document may leave it; choose a local "
            "model, or allow it");
    return {};
}

}  // namespace

Result<std::unique_ptr<document::Embedder>> openServedEmbedder(ServedOptions options,
                                                               const std::stop_token& stop) {
    options.baseUrl = normalized(std::move(options.baseUrl), options.api);
    options.key = base::trim(options.key);
    TRY_VOID(check(options));
    const bool asks = options.dimension == 0;
    auto embedder = std::make_unique<ServedEmbedder>(std::move(options));
    if (asks) TRY_VOID(embedder->findDimension(stop));
    return std::unique_ptr<document::Embedder>(std::move(embedder));
}

}  // namespace commonplace::embed
