// Embedder: text to vectors, whatever model does it (built in, GGUF, HTTP).
#pragma once

#include <cstddef>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
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
    /// How well the model knows the language of this text: 1 fully, 0 not at all. Fusion weighs the semantic
    /// score by it, so that an English model never decides about a Chinese question.
    virtual double affinity(std::string_view text) const = 0;
    /// The weight of the semantic score beside the keyword score, 0 … 1: .3 for a weak model (hybrid search).
    virtual double fusionWeight() const = 0;
};

}  // namespace commonplace::document
