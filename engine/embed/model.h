// Model: a checked view of the flat file that the converter wrote (model_format.h).
//
// Thread: immutable. Owner: whoever owns the bytes; a Model is a view and must not outlive them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace commonplace::embed {

/// An int8 matrix with its scales, row-major.
struct QuantisedMatrix {
    const float* scales = nullptr;
    const std::int8_t* values = nullptr;
    std::size_t rows = 0;
    std::size_t columns = 0;
};

/// The learned values of one pre-LN transformer layer. Vectors are bare pointers: their lengths follow from
/// `Shape`.
struct Layer {
    const float *norm1Gain, *norm1Bias, *qkvBias, *outBias, *norm2Gain, *norm2Bias, *wideBias, *narrowBias;
    QuantisedMatrix qkv, out, wide, narrow;
};

/// The dimensions of the only model there is; open() refuses any other.
struct Shape {
    static constexpr std::size_t pieces = 8000;  ///< with the six reserved ones
    static constexpr std::size_t embeddingRows = 8002;
    static constexpr std::size_t embedding = 256;  ///< width of layer 0's input
    static constexpr std::size_t hidden = 512;     ///< width of everything after it, and of the result
    static constexpr std::size_t wide = 1536;
    static constexpr std::size_t heads = 4;
    static constexpr std::size_t layers = 2;
    static constexpr std::size_t maximumTokens = 128;
    static constexpr std::size_t inputOf(std::size_t layer) { return layer == 0 ? embedding : hidden; }
};

class Model final {
  public:
    /// Corrupt when anything in the bytes is not what it must be. `bytes` must be aligned to 64.
    static Result<Model> open(std::string_view bytes);

    const QuantisedMatrix& embedding() const { return m_embedding; }  ///< one scale per row
    const float* timing() const { return m_timing; }                  ///< frequencies, embedding / 2 of them
    const QuantisedMatrix& residual() const {
        return m_residual;
    }  ///< embedding -> hidden, before layer 0's sum
    const float* residualBias() const { return m_residualBias; }
    const QuantisedMatrix& pool() const { return m_pool; }
    const float* poolBias() const { return m_poolBias; }
    const Layer& layer(std::size_t i) const { return m_layers[i]; }

    /// Calls take(piece, score) for every piece, in the order of ids.
    void eachPiece(const std::function<void(std::string_view piece, float score)>& take) const;

  private:
    Model() = default;

    QuantisedMatrix m_embedding, m_residual, m_pool;
    const float *m_timing = nullptr, *m_residualBias = nullptr, *m_poolBias = nullptr;
    std::array<Layer, Shape::layers> m_layers{};
    std::string_view m_vocabulary;
};

/// The model inside this binary.
std::string_view builtinModelBytes();

}  // namespace commonplace::embed
