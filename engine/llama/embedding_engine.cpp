#include "engine/llama/embedding_engine.h"

#include <algorithm>
#include <cmath>
#include <mutex>

#include "engine/llama/context.h"
#include "engine/llama/engines.h"
#include "engine/llama/guard.h"
#include "engine/llama/model.h"
#include "engine/llama/resources.h"

namespace commonplace::llama {
namespace {

// Texts in one computation. llama.cpp ends the process unless the batch is a multiple of it.
constexpr std::size_t kTexts = 32;
// Tokens in one computation, and so the longest text: passages are a tenth of this.
constexpr std::size_t kBatch = 2048;
static_assert(kBatch % kTexts == 0);

struct FreeBatch {
    void operator()(llama_batch* batch) const {
        llama_batch_free(*batch);
        delete batch;
    }
};
using Batch = std::unique_ptr<llama_batch, FreeBatch>;

void add(llama_batch& batch, const Tokens& tokens, std::size_t sequence) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const int at = batch.n_tokens++;
        batch.token[at] = tokens[i];
        batch.pos[at] = static_cast<llama_pos>(i);
        batch.n_seq_id[at] = 1;
        batch.seq_id[at][0] = static_cast<llama_seq_id>(sequence);
        batch.logits[at] = 1;
    }
}

/// False when it has no direction.
bool normalize(std::span<float> vector) {
    double sum = 0;
    for (const float value : vector) sum += static_cast<double>(value) * value;
    if (!std::isfinite(sum) || sum <= 0) return false;
    for (float& value : vector) value = static_cast<float>(value / std::sqrt(sum));
    return true;
}

class LocalEmbeddingEngine final : public EmbeddingEngine {
  public:
    using Handle = std::unique_ptr<llama_context, FreeContext>;
    LocalEmbeddingEngine(std::shared_ptr<const Model> model, Handle context)
        : m_model(std::move(model)), m_context(std::move(context)) {}

    const ModelFacts& facts() const override { return m_model->facts(); }

    Result<document::Vectors> embed(std::span<const std::string_view> texts,
                                    const std::stop_token& stop) const override {
        document::Vectors vectors{facts().dimension, std::vector<float>(texts.size() * facts().dimension)};
        std::vector<Tokens> group;
        std::vector<std::size_t> rows;
        std::size_t used = 0;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            TRY(Tokens tokens, cut(texts[i]));
            if (tokens.empty()) continue;
            if (group.size() == kTexts || used + tokens.size() > kBatch) {
                TRY_VOID(compute(group, rows, vectors, stop));
                group.clear(), rows.clear(), used = 0;
            }
            used += tokens.size();
            group.push_back(std::move(tokens));
            rows.push_back(i);
        }
        if (!group.empty()) TRY_VOID(compute(group, rows, vectors, stop));
        return vectors;
    }

  private:
    Result<Tokens> cut(std::string_view text) const {
        if (text.empty()) return Tokens();
        TRY(Tokens tokens, m_model->tokenize(text, Reading::Plain, Frame::Around));
        std::size_t most = kBatch;
        if (facts().trainedWindow > 0) most = std::min(most, facts().trainedWindow);
        if (tokens.size() > most) {
            tokens[most - 1] = tokens.back();  // models were trained with [SEP] at the end
            tokens.resize(most);
        }
        return tokens;
    }

    Result<void> compute(const std::vector<Tokens>& group, const std::vector<std::size_t>& rows,
                         document::Vectors& vectors, const std::stop_token& stop) const {
        if (stop.stop_requested()) return Error(ErrorCode::Cancelled, "stopped");
        const std::scoped_lock lock(m_mutex);
        if (m_isBroken)
            return Error(ErrorCode::Internal, "this model has failed before; start the program again");
        const auto code = guarded(ErrorCode::Internal, "the embedding model failed", [&](const Watch&) {
            const Batch batch(new llama_batch(llama_batch_init(kBatch, 0, 1)));
            for (std::size_t i = 0; i < group.size(); ++i) add(*batch, group[i], i);
            if (llama_memory_t memory = llama_get_memory(m_context.get())) llama_memory_clear(memory, true);
            return llama_decode(m_context.get(), *batch);
        });
        m_isBroken = !code;
        if (!code) return code.error();
        if (*code != 0)
            return Error(ErrorCode::Internal,
                         "the embedding model failed (code " + std::to_string(*code) + ")");
        for (std::size_t i = 0; i < group.size(); ++i) TRY_VOID(take(i, rows[i], vectors));
        return {};
    }

    Result<void> take(std::size_t sequence, std::size_t row, document::Vectors& vectors) const {
        const float* values = llama_get_embeddings_seq(m_context.get(), static_cast<llama_seq_id>(sequence));
        if (!values) return Error(ErrorCode::Internal, "the embedding model gave no vector");
        const std::span<float> target(vectors.values.data() + row * vectors.dimension, vectors.dimension);
        std::copy_n(values, vectors.dimension, target.begin());
        if (!normalize(target)) std::fill(target.begin(), target.end(), 0.0F);
        return {};
    }

    std::shared_ptr<const Model> m_model;
    Handle m_context;
    mutable std::mutex m_mutex;
    mutable bool m_isBroken = false;
};

Result<LocalEmbeddingEngine::Handle> createContext(const Model& model, int threads) {
    std::string reason;
    auto created =
        guarded(ErrorCode::Internal, "this embedding model cannot be started", [&](const Watch& watch) {
            llama_context_params parameters = llama_context_default_params();
            parameters.embeddings = true;
            parameters.kv_unified = true;
            parameters.n_ctx = parameters.n_batch = parameters.n_ubatch = kBatch;
            parameters.n_seq_max = kTexts;
            parameters.n_threads = parameters.n_threads_batch =
                threads > 0 ? threads : threadsFor(model.facts());
            LocalEmbeddingEngine::Handle context(llama_init_from_model(model.raw(), parameters));
            reason = watch.reason();
            return context;
        });
    if (created && !*created)
        return Error(ErrorCode::Limit,
                     complaint("there is not enough memory to start this embedding model", reason));
    return created;
}

}  // namespace

Result<std::unique_ptr<EmbeddingEngine>> makeEmbeddingEngine(std::shared_ptr<const Model> model,
                                                             int threads) {
    if (model->facts().kind != ModelKind::Embedding)
        return Error(ErrorCode::Unsupported, "this file is a model that writes; choose an embedding model");
    TRY_VOID(affordableWindow(model->facts(), kBatch, availableMemory()));
    TRY(auto context, createContext(*model, threads));
    const auto pooling = llama_pooling_type(context.get());
    if (pooling == LLAMA_POOLING_TYPE_RANK || pooling == LLAMA_POOLING_TYPE_NONE ||
        model->facts().dimension == 0)
        return Error(ErrorCode::Unsupported, "models of this kind give no vectors for texts; choose another");
    return std::unique_ptr<EmbeddingEngine>(
        std::make_unique<LocalEmbeddingEngine>(std::move(model), std::move(context)));
}

Result<std::unique_ptr<EmbeddingEngine>> openEmbeddingEngine(const std::filesystem::path& file, int threads,
                                                             const std::stop_token& stop) {
    TRY(auto model, Model::load(file, Model::Part::Whole, stop));
    return makeEmbeddingEngine(std::move(model), threads);
}

}  // namespace commonplace::llama
