#include "tests/support/test_models.h"

#include <cmath>
#include <map>
#include <random>
#include <set>
#include <stdexcept>

#include "tests/support/gguf_writer.h"

namespace commonplace::test {
namespace {

enum TokenType : std::int32_t { kNormal = 1, kUnknown = 2, kControl = 3, kByte = 6 };
constexpr const char* kSpace = "\xE2\x96\x81";  // the vocabulary's own sign for a space

struct Vocabulary {
    std::vector<std::string> tokens;
    std::vector<std::int32_t> types;

    std::size_t add(std::string token, TokenType type) {
        tokens.push_back(std::move(token));
        types.push_back(type);
        return tokens.size() - 1;
    }
};

/// Beginning, end, all bytes, and the printable characters of ASCII.
Vocabulary characters(const char* end) {
    Vocabulary vocabulary;
    vocabulary.add("<unk>", kUnknown);
    vocabulary.add("<s>", kControl);
    vocabulary.add(end, kControl);
    for (int byte = 0; byte < 256; ++byte) {
        char name[8];
        std::snprintf(name, sizeof name, "<0x%02X>", byte);
        vocabulary.add(name, kByte);
    }
    vocabulary.add(kSpace, kNormal);
    for (char letter = 33; letter < 127; ++letter) vocabulary.add(std::string(1, letter), kNormal);
    return vocabulary;
}

void addVocabulary(GgufWriter& file, const Vocabulary& vocabulary, bool isPlain) {
    std::vector<float> scores;
    for (std::size_t i = 0; i < vocabulary.tokens.size(); ++i)
        scores.push_back(vocabulary.types[i] == kNormal ? -static_cast<float>(i) : 0.0F);
    file.text("tokenizer.ggml.model", "llama");
    file.texts("tokenizer.ggml.tokens", vocabulary.tokens);
    file.reals("tokenizer.ggml.scores", scores);
    file.integers("tokenizer.ggml.token_type", vocabulary.types);
    file.number("tokenizer.ggml.unknown_token_id", 0);
    file.number("tokenizer.ggml.bos_token_id", 1);
    file.number("tokenizer.ggml.eos_token_id", 2);
    file.flag("tokenizer.ggml.add_bos_token", isPlain);
    file.flag("tokenizer.ggml.add_space_prefix", isPlain);
}

struct Llama {
    std::uint32_t width, layers, inner, heads, window;
};

void addShape(GgufWriter& file, const Llama& shape, std::size_t tokens) {
    file.text("general.name", "made for tests");
    file.number("llama.context_length", shape.window);
    file.number("llama.embedding_length", shape.width);
    file.number("llama.block_count", shape.layers);
    file.number("llama.feed_forward_length", shape.inner);
    file.number("llama.attention.head_count", shape.heads);
    file.number("llama.attention.head_count_kv", shape.heads);
    file.real("llama.attention.layer_norm_rms_epsilon", 1e-5F);
    file.number("llama.rope.dimension_count", shape.width / shape.heads);
    file.number("llama.vocab_size", static_cast<std::uint32_t>(tokens));
}

/// Random numbers of a normal distribution.
class Weights final {
  public:
    explicit Weights(std::uint32_t seed) : m_random(seed) {}
    std::vector<float> operator()(std::size_t count, double deviation) {
        std::normal_distribution<float> normal(0.0F, static_cast<float>(deviation));
        std::vector<float> values(count);
        for (float& value : values) value = normal(m_random);
        return values;
    }

  private:
    std::mt19937 m_random;
};

/// Attention and feed-forward of all layers; `weigh` gives the numbers of a matrix with so many inputs.
template <class Weigh>
void addLayers(GgufWriter& file, const Llama& shape, Weigh weigh) {
    for (std::uint32_t layer = 0; layer < shape.layers; ++layer) {
        const std::string block = "blk." + std::to_string(layer) + ".";
        const auto matrix = [&](const char* name, std::uint32_t in, std::uint32_t out) {
            file.tensor(block + name + ".weight", {in, out}, weigh(static_cast<std::size_t>(in) * out, in));
        };
        for (const char* name : {"attn_q", "attn_k", "attn_v", "attn_output"})
            matrix(name, shape.width, shape.width);
        matrix("ffn_gate", shape.width, shape.inner);
        matrix("ffn_up", shape.width, shape.inner);
        matrix("ffn_down", shape.inner, shape.width);
        for (const char* name : {"attn_norm", "ffn_norm"})
            file.tensor(block + name + ".weight", {shape.width}, std::vector<float>(shape.width, 1.0F));
    }
}

/// The reply in pieces that stand in no other reply. Pieces of three bytes and more are never met in a
/// question: the tokenizer joins pairs, and no pair of characters is in the vocabulary.
std::vector<std::string> pieces(const std::string& text, std::set<std::string>& used) {
    const auto isEdge = [&](std::size_t at) { return at >= text.size() || (text[at] & 0xC0) != 0x80; };
    std::vector<std::string> found;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 3;
        while (end < text.size() && (!isEdge(end) || used.contains(text.substr(at, end - at)))) ++end;
        std::string piece = text.substr(at, end - at);
        if (piece.size() < 3 || used.contains(piece)) {
            if (found.empty()) throw std::invalid_argument("this reply needs other words: " + text);
            used.erase(found.back());
            piece = found.back() + piece;
            found.pop_back();
        }
        used.insert(piece);
        found.push_back(piece);
        at = end;
    }
    return found;
}

std::string withSpaceSigns(const std::string& text) {
    std::string out;
    for (const char byte : text)
        if (byte == ' ')
            out += kSpace;
        else
            out += byte;
    return out;
}

struct Recital {
    Vocabulary vocabulary = characters("<|im_end|>");
    std::map<std::size_t, std::size_t> next;
    std::string cues;  ///< Jinja: writes the token that starts the reply
};

Recital recitalOf(const Script& script) {
    constexpr std::size_t kEnd = 2;
    Recital recital;
    recital.vocabulary.add("<|im_start|>", kControl);
    std::set<std::string> used;
    for (std::size_t i = 0; i < script.replies.size(); ++i) {
        const std::string cue = "<|cue" + std::to_string(i) + "|>";
        std::size_t previous = recital.vocabulary.add(cue, kControl);
        for (const std::string& piece : pieces(script.replies[i].text, used)) {
            const std::size_t token = recital.vocabulary.add(withSpaceSigns(piece), kNormal);
            recital.next[previous] = token;
            previous = token;
        }
        recital.next[previous] = kEnd;
        const std::string& condition = script.replies[i].condition;
        recital.cues += std::string(i == 0 ? "{% if " : "{% elif ") +
                        (condition.empty() ? "true" : condition) + " %}" + cue;
    }
    recital.cues += "{% endif %}";
    return recital;
}

}  // namespace

std::string scriptModel(const Script& script) {
    const Recital recital = recitalOf(script);
    const std::size_t tokens = recital.vocabulary.tokens.size();
    const Llama shape{64, 1, 32, 4, script.window};
    // Each token is a random pattern of signs, and the row of a token that follows another is that other's
    // pattern.
    std::mt19937 random(7);
    std::vector<float> codes(tokens * shape.width), following(tokens * shape.width);
    for (float& code : codes) code = random() % 2 == 0 ? 1.0F : -1.0F;
    for (const auto& [token, follower] : recital.next)
        for (std::size_t k = 0; k < shape.width; ++k)
            following[follower * shape.width + k] += codes[token * shape.width + k];
    GgufWriter file("llama");
    addShape(file, shape, tokens);
    addVocabulary(file, recital.vocabulary, false);
    file.number("tokenizer.ggml.eot_token_id", 2);
    file.text("tokenizer.chat_template",
              "{%- for m in messages %}{{- '<|im_start|>' + m.role + '\n' + m.content + '<|im_end|>\n' }}{%- "
              "endfor %}"
              "{%- if add_generation_prompt %}{{- '" +
                  script.opening + "' }}" + recital.cues + "{%- endif %}");
    file.tensor("token_embd.weight", {shape.width, tokens}, codes);
    file.tensor("output_norm.weight", {shape.width}, std::vector<float>(shape.width, 1.0F));
    file.tensor("output.weight", {shape.width, tokens}, following);
    addLayers(file, shape, [](std::size_t count, std::uint32_t) { return std::vector<float>(count, 0.0F); });
    return file.bytes();
}

std::string randomChatModel(const Shape& wanted) {
    Vocabulary vocabulary = characters("</s>");
    if (wanted.repeatsToken) vocabulary.add("a", kNormal);
    const Llama shape{wanted.width, wanted.layers, 2 * wanted.width, 4, wanted.window};
    Weights weights(wanted.seed);
    GgufWriter file("llama");
    addShape(file, shape, vocabulary.tokens.size());
    addVocabulary(file, vocabulary, true);
    file.tensor("token_embd.weight", {shape.width, vocabulary.tokens.size()},
                weights(shape.width * vocabulary.tokens.size(), 0.5));
    file.tensor("output_norm.weight", {shape.width}, std::vector<float>(shape.width, 1.0F));
    addLayers(file, shape,
              [&](std::size_t count, std::uint32_t inputs) { return weights(count, 1 / std::sqrt(inputs)); });
    return file.bytes();
}

}  // namespace commonplace::test
