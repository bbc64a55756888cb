#include "engine/embed/builtin_embedder.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

#include "engine/embed/encoder.h"
#include "engine/embed/language.h"
#include "engine/embed/tokenizer.h"

namespace commonplace::embed {
namespace {

// Above this share of letters that the vocabulary lacks, the vector would be about the rest of the text.
constexpr double kTolerableUnknown = 0.2;

bool isReadable(const Tokens& tokens) {
    if (tokens.ids.empty()) return false;
    const bool hasLetters = tokens.letters > 0;
    const std::size_t unknown = hasLetters ? tokens.unknownLetters : tokens.unknown;
    const std::size_t all = hasLetters ? tokens.letters : tokens.characters;
    return static_cast<double>(unknown) <= kTolerableUnknown * static_cast<double>(all);
}

/// Texts gathered for one pass of the encoder, with the rows that their vectors go to.
struct Pack {
    std::vector<std::vector<std::int32_t>> ids;
    std::vector<std::size_t> rows;
    std::size_t tokens = 0;
};

class BuiltinEmbedder final : public document::Embedder {
  public:
    explicit BuiltinEmbedder(const Model& model) : m_model(model), m_tokenizer(m_model) {}

    const std::string& fingerprint() const override { return m_fingerprint; }
    std::size_t dimension() const override { return Shape::hidden; }
    double affinity(std::string_view text) const override { return englishAffinity(m_tokenizer, text); }
    double fusionWeight() const override { return 0.3; }

    Result<document::Vectors> embed(std::span<const std::string_view> texts,
                                    std::stop_token stop) const override {
        document::Vectors vectors{Shape::hidden, std::vector<float>(texts.size() * Shape::hidden, 0.0f)};
        Pack pack;
        for (std::size_t row = 0; row < texts.size(); ++row) {
            Tokens tokens = m_tokenizer.tokenize(texts[row]);
            if (isReadable(tokens)) {
                pack.tokens += tokens.ids.size();
                pack.ids.push_back(std::move(tokens.ids));
                pack.rows.push_back(row);
            }
            if (pack.tokens < kPackTokens && row + 1 < texts.size()) continue;
            if (stop.stop_requested()) return Error{ErrorCode::Cancelled, "embedding was cancelled"};
            run(pack, vectors);
            pack = {};
        }
        return vectors;
    }

  private:
    void run(const Pack& pack, document::Vectors& vectors) const {
        if (pack.ids.empty()) return;
        const std::vector<Encoder::Text> texts(pack.ids.begin(), pack.ids.end());
        std::vector<float> encoded(texts.size() * Shape::hidden);
        encoder().encode(texts, encoded.data());
        for (std::size_t i = 0; i < pack.rows.size(); ++i)
            std::copy_n(encoded.data() + i * Shape::hidden, Shape::hidden,
                        vectors.values.data() + pack.rows[i] * Shape::hidden);
    }

    /// The float weights (20 MB) are made by the first text, not by opening: a search by words alone needs
    /// none.
    const Encoder& encoder() const {
        std::call_once(m_once, [this] { m_encoder.emplace(m_model, bestKernel()); });
        return *m_encoder;
    }

    const std::string m_fingerprint = "use-lite-int8/1";
    const Model m_model;
    const Tokenizer m_tokenizer;
    mutable std::once_flag m_once;
    mutable std::optional<Encoder> m_encoder;
};

}  // namespace

Result<std::unique_ptr<document::Embedder>> openBuiltinEmbedder() {
    TRY(const Model model, Model::open(builtinModelBytes()));
    return std::unique_ptr<document::Embedder>(std::make_unique<BuiltinEmbedder>(model));
}

}  // namespace commonplace::embed
