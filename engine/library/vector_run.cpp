#include "engine/library/vector_run.h"

#include <mutex>
#include <optional>
#include <utility>

#include "engine/library/summary.h"

namespace commonplace::library {

const char* const kEmbeddingError = "embedding_error";

namespace {

using ingest::Embedded;

constexpr std::size_t kSweptAtOnce = 2000;

/// The same embedder; remembers whether it was the one that failed, for a run fails of the databases too.
class Watched final : public document::Embedder {
  public:
    explicit Watched(SpaceModels::Embedder embedder) : m_embedder(std::move(embedder)) {}

    const std::string& fingerprint() const override { return m_embedder->fingerprint(); }
    std::size_t dimension() const override { return m_embedder->dimension(); }
    double affinity(std::string_view text) const override { return m_embedder->affinity(text); }
    double fusionWeight() const override { return m_embedder->fusionWeight(); }
    Result<document::Vectors> embed(std::span<const std::string_view> texts,
                                    std::stop_token stop) const override {
        auto vectors = m_embedder->embed(texts, std::move(stop));
        if (vectors || vectors.error().code() == ErrorCode::Cancelled) return vectors;
        const std::lock_guard lock(m_mutex);
        m_failure = vectors.error();
        return vectors;
    }
    std::optional<Error> failure() const {
        const std::lock_guard lock(m_mutex);
        return m_failure;
    }

  private:
    const SpaceModels::Embedder m_embedder;
    mutable std::mutex m_mutex;
    mutable std::optional<Error> m_failure;  // guarded by m_mutex
};

}  // namespace

Result<Embedded> VectorRun::run(const ingest::MustYield& mustYield, const std::stop_token& stop) {
    TRY(const store::Spaces before, m_parts.index.spaces());
    if (!before.active)
        TRY_VOID(makeFirstSpace(stop));
    else
        TRY_VOID(replaceOutdated(*before.active, stop));
    TRY(const store::Spaces spaces, m_parts.index.spaces());
    Embedded done;
    if (spaces.active) {
        TRY(done, fill(*spaces.active, "the embedding model", mustYield, stop));
    }
    if (spaces.building && !(mustYield && mustYield())) {
        TRY(const Embedded built, fill(*spaces.building, "the new embedding model", mustYield, stop));
        done.summary = plus(done.summary, built.summary);
        for (const auto& [document, segments] : built.segments) done.segments[document] += segments;
        TRY_VOID(switchOver(*spaces.building));
    }
    TRY_VOID(remember());
    TRY_VOID(sweep(mustYield, stop));
    return done;
}

Result<void> VectorRun::makeFirstSpace(const std::stop_token& stop) {
    const config::EmbeddingSettings embedding = m_parts.models.settings();
    const auto embedder = m_parts.models.open(embedding, stop);
    if (!embedder && embedder.error().code() == ErrorCode::Cancelled) return embedder.error();
    if (!embedder) {
        m_problem = "no vectors are made: " + embedder.error().message();
        return {};
    }
    return m_parts.index.wantSpace(
        {(*embedder)->fingerprint(), (*embedder)->dimension(), config::toText(embedding)});
}

/// A new version of the program may bring another built-in model: nobody can ask questions in the old one's
/// space any more, so it gives way at once. A model that somebody chose goes on being built.
Result<void> VectorRun::replaceOutdated(const store::SpaceRow& active, const std::stop_token& stop) {
    const config::EmbeddingSettings builtin;
    if (active.made.maker != config::toText(builtin)) return {};
    const auto embedder = m_parts.models.openFor(active.made, stop);
    if (embedder || embedder.error().code() != ErrorCode::Unsupported) return {};
    TRY(const auto present, m_parts.models.open(builtin, stop));
    return m_parts.index.replaceActiveSpace(
        {present->fingerprint(), present->dimension(), active.made.maker});
}

Result<Embedded> VectorRun::fill(const store::SpaceRow& space, const char* which,
                                 const ingest::MustYield& mustYield, const std::stop_token& stop) {
    TRY(const std::int64_t pending, m_parts.index.pendingCount(space.id));
    if (pending == 0) return Embedded{};
    const auto fail = [&](const Error& error) {
        m_problem = std::string(which) + " (" + space.made.maker + ") failed: " + error.message();
        return Embedded{};
    };
    const auto embedder = m_parts.models.openFor(space.made, stop);
    if (!embedder && embedder.error().code() == ErrorCode::Cancelled) return embedder.error();
    if (!embedder) return fail(embedder.error());
    const Watched watched(*embedder);
    auto embedded = m_parts.ingester.indexVectors(watched, mustYield, stop);
    if (embedded) return embedded;
    const auto failure = watched.failure();
    if (stop.stop_requested() || !failure) return embedded.error();
    return fail(*failure);
}

Result<void> VectorRun::switchOver(const store::SpaceRow& building) {
    TRY(const bool switched, m_parts.index.switchSpaces(store::IndexStore::IfIncomplete::Wait));
    if (switched && m_parts.notice)
        m_parts.notice("searches now use " + building.made.maker +
                       "; 'commonplace models embedding undo' goes back");
    return {};
}

Result<void> VectorRun::remember() {
    TRY(const auto known, m_parts.library.setting(kEmbeddingError));
    if (known.value_or(std::string()) == m_problem) return {};
    return m_parts.library.setSetting(kEmbeddingError, m_problem);
}

Result<void> VectorRun::sweep(const ingest::MustYield& mustYield, const std::stop_token& stop) {
    while (!stop.stop_requested() && !(mustYield && mustYield())) {
        TRY(const bool done, m_parts.index.sweepSpaces(kSweptAtOnce));
        if (done) break;
    }
    return {};
}

}  // namespace commonplace::library
