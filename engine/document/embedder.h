// Embedder: text to vectors, whatever model does it (built in, GGUF, HTTP).
#pragma once

#include <cstddef>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"

namespace commonplace::document {

/// `count` vectors of `dimension` floats, row-major, each of unit length; a row of zeros means that the model
/// cannot say anything about that text (empty, or in a script it does not know).
struct Vectors {
    std::size_t dimension = 0;
    std::vector<float> values;
    std::size_t count() const { return dimension == 0 ? 0 : values.size() / dimension; }
    std::span<const float> row(std::size_t i) const { return {values.data() + i * dimension, dimension}; }
};

/// Where texts go to become vectors.
enum class EmbeddingPlace { ThisProcess, Server };

/// Thread: const, may be called from several threads at once. Blocks; checks `stop` between batches
/// (Cancelled).
class Embedder {
  public:
    virtual ~Embedder() = default;

    /// Names the vector space: model, quantisation, tokenizer version. Vectors of different fingerprints
    /// never mix.
    virtual const std::string& fingerprint() const = 0;
    virtual std::size_t dimension() const = 0;
    /// One vector per text, in order. A text longer than the model's window counts with its first part only;
    /// callers cut.
    virtual Result<Vectors> embed(std::span<const std::string_view> texts, std::stop_token stop) const = 0;
    /// The vector of a question, and behind it those of passages to compare it with: question first, then the
    /// passages in order. For models that were trained to embed a question otherwise than a passage, and for
    /// those that are far away: somebody waits for this one. Default: embed() of all of them.
    virtual Result<Vectors> embedQuestion(std::string_view question,
                                          std::span<const std::string_view> passages,
                                          std::stop_token stop) const {
        std::vector<std::string_view> texts{question};
        texts.insert(texts.end(), passages.begin(), passages.end());
        return embed(texts, std::move(stop));
    }
    /// How well the model knows the language of this text: 1 fully, 0 not at all. Fusion weighs the semantic
    /// score by it, so that an English model never decides about a Chinese question.
    virtual double affinity(std::string_view text) const = 0;
    /// The weight of the semantic score beside the keyword score, 0 … 1: .3 for a weak model (hybrid search).
    virtual double fusionWeight() const = 0;
    virtual EmbeddingPlace place() const { return EmbeddingPlace::ThisProcess; }
};

}  // namespace commonplace::document
