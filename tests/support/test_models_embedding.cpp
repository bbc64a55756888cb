#include <cmath>
#include <random>

#include "tests/support/gguf_writer.h"
#include "tests/support/test_models.h"

namespace commonplace::test {
namespace {

constexpr std::uint32_t kWidth = 64, kInner = 128, kLayers = 2, kHeads = 4, kWindow = 512;

struct WordPieces {
    std::vector<std::string> tokens{"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"};
    std::vector<std::int32_t> types;

    WordPieces() {
        const std::string begins = "\xE2\x96\x81";
        const std::string letters = "abcdefghijklmnopqrstuvwxyz0123456789";
        for (const char letter : letters + ".,;:!?()'\"-") tokens.push_back(begins + letter);
        for (const char letter : letters) tokens.emplace_back(1, letter);
        for (const char* word :
             {"the", "and", "a", "with", "cat", "dog", "river", "paper", "page", "note", "search", "quantum",
              "particle", "energy", "light", "law", "court", "money", "lease"})
            if (std::string(word).size() > 1) tokens.push_back(begins + word);
        types.assign(tokens.size(), 1);
        std::fill_n(types.begin(), 5, 3);
    }
};

class Builder final {
  public:
    explicit Builder(std::uint32_t seed) : m_random(seed) {}

    std::string build() && {
        addHead();
        weights("token_embd.weight", {kWidth, m_words.tokens.size()}, 1.0);
        m_file.tensor("token_types.weight", {kWidth, 2}, std::vector<float>(2 * kWidth, 0.0F));
        weights("position_embd.weight", {kWidth, kWindow}, 0.05);
        norm("token_embd_norm");
        for (std::uint32_t layer = 0; layer < kLayers; ++layer)
            addLayer("blk." + std::to_string(layer) + ".");
        return m_file.bytes();
    }

  private:
    void addHead() {
        m_file.text("general.name", "made for tests");
        m_file.number("bert.context_length", kWindow);
        m_file.number("bert.embedding_length", kWidth);
        m_file.number("bert.block_count", kLayers);
        m_file.number("bert.feed_forward_length", kInner);
        m_file.number("bert.attention.head_count", kHeads);
        m_file.real("bert.attention.layer_norm_epsilon", 1e-12F);
        m_file.flag("bert.attention.causal", false);
        m_file.number("bert.pooling_type", 1);
        m_file.text("tokenizer.ggml.model", "bert");
        m_file.number("tokenizer.ggml.token_type_count", 2);
        m_file.texts("tokenizer.ggml.tokens", m_words.tokens);
        m_file.integers("tokenizer.ggml.token_type", m_words.types);
        m_file.reals("tokenizer.ggml.scores", std::vector<float>(m_words.tokens.size(), -1000.0F));
        const char* const names[] = {"padding", "unknown", "cls", "seperator", "mask"};
        for (std::uint32_t i = 0; i < 5; ++i)
            m_file.number(std::string("tokenizer.ggml.") + names[i] + "_token_id", i);
        m_file.number("tokenizer.ggml.bos_token_id", 2);
    }
    void weights(const std::string& name, std::vector<std::uint64_t> dimensions, double deviation) {
        std::normal_distribution<float> normal(0.0F, static_cast<float>(deviation));
        std::size_t count = 1;
        for (const std::uint64_t dimension : dimensions) count *= dimension;
        std::vector<float> values(count);
        for (float& value : values) value = normal(m_random);
        m_file.tensor(name, std::move(dimensions), std::move(values));
    }
    void norm(const std::string& name) {
        m_file.tensor(name + ".weight", {kWidth}, std::vector<float>(kWidth, 1.0F));
        m_file.tensor(name + ".bias", {kWidth}, std::vector<float>(kWidth, 0.0F));
    }
    void linear(const std::string& name, std::uint64_t in, std::uint64_t out) {
        weights(name + ".weight", {in, out}, 0.3 / std::sqrt(kWidth));
        m_file.tensor(name + ".bias", {out}, std::vector<float>(out, 0.0F));
    }
    void addLayer(const std::string& block) {
        for (const char* name : {"attn_q", "attn_k", "attn_v", "attn_output"})
            linear(block + name, kWidth, kWidth);
        norm(block + "attn_output_norm");
        linear(block + "ffn_up", kWidth, kInner);
        linear(block + "ffn_down", kInner, kWidth);
        norm(block + "layer_output_norm");
    }

    std::mt19937 m_random;
    WordPieces m_words;
    GgufWriter m_file{"bert"};
};

}  // namespace

std::string randomEmbeddingModel(std::uint32_t seed) {
    return Builder(seed).build();
}

}  // namespace commonplace::test
