// Encoder: token ids to unit vectors; the forward pass of the two-layer transformer on a Kernel.
//
// Texts are packed one behind the other without padding ("ragged batch"): every dense layer is one product
// over all tokens of a pack, attention runs text by text. A text's vector is the same to the last bit in
// every pack (kernel.h).
//
// Thread: immutable after construction; encode() from several threads at once (each call has its own
// buffers).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/embed/kernel.h"
#include "engine/embed/model.h"

namespace commonplace::embed {

/// Tokens of a pack: many enough to keep the weights busy, few enough for the second-level cache.
inline constexpr std::size_t kPackTokens = 512;

/// Floats without initial values, aligned to a cache line.
class FloatBuffer final {
  public:
    FloatBuffer() = default;
    explicit FloatBuffer(std::size_t count);
    float* data() const { return m_floats.get(); }

  private:
    struct Free {
        void operator()(float* floats) const;
    };
    std::unique_ptr<float[], Free> m_floats;
};

class Encoder final {
  public:
    /// Makes the float weights that the kernel wants (20 MB, about 10 ms). `model` must outlive the encoder.
    Encoder(const Model& model, const Kernel& kernel);

    /// The ids of one text: 1 to Shape::maximumTokens of them, each below Shape::pieces.
    using Text = std::span<const std::int32_t>;
    /// Writes texts.size() rows of Shape::hidden floats, each of length 1. The texts together are one pack:
    /// callers keep it near kPackTokens.
    void encode(std::span<const Text> texts, float* vectors) const;

    const Kernel& kernel() const { return m_kernel; }

  private:
    struct Weights {
        FloatBuffer panels;
        std::size_t depth = 0;
        std::size_t columns = 0;
    };
    struct LayerWeights {
        Weights qkv, out, wide, narrow;
    };
    struct Buffers;

    Weights unpack(const QuantisedMatrix& matrix) const;
    void embedTokens(std::span<const Text> texts, float* x) const;
    void runLayer(std::size_t index, std::span<const Text> texts, Buffers& buffers) const;
    void attend(std::size_t width, std::span<const Text> texts, const Buffers& buffers) const;
    void multiply(const float* a, const Weights& w, const float* bias, float* c, std::size_t rows,
                  Store store) const;

    const Model& m_model;
    const Kernel& m_kernel;
    std::vector<float> m_timing;  ///< maximumTokens rows of the position signal
    Weights m_residual, m_pool;
    std::array<LayerWeights, Shape::layers> m_layers;
};

}  // namespace commonplace::embed
