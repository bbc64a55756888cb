#include "engine/embed/encoder.h"

#include <algorithm>
#include <cmath>
#include <new>
#include <utility>

namespace commonplace::embed {
namespace {

constexpr std::align_val_t kCacheLine{64};

/// Position signal of the tensor2tensor kind: sines of all frequencies, then cosines.
std::vector<float> timingTable(const float* frequencies) {
    constexpr std::size_t half = Shape::embedding / 2;
    std::vector<float> table(Shape::maximumTokens * Shape::embedding);
    for (std::size_t position = 0; position < Shape::maximumTokens; ++position) {
        float* row = table.data() + position * Shape::embedding;
        for (std::size_t k = 0; k < half; ++k) {
            const float angle = static_cast<float>(position) * frequencies[k];
            row[k] = std::sin(angle);
            row[half + k] = std::cos(angle);
        }
    }
    return table;
}

std::size_t tokensOf(std::span<const Encoder::Text> texts) {
    std::size_t tokens = 0;
    for (const Encoder::Text& text : texts) tokens += text.size();
    return tokens;
}

/// The mean of each text's rows.
void poolRows(std::span<const Encoder::Text> texts, const float* x, float* means) {
    for (const Encoder::Text& text : texts) {
        std::fill_n(means, Shape::hidden, 0.0f);
        for (std::size_t token = 0; token < text.size(); ++token, x += Shape::hidden)
            for (std::size_t i = 0; i < Shape::hidden; ++i) means[i] += x[i];
        const float factor = 1.0f / static_cast<float>(text.size());
        for (std::size_t i = 0; i < Shape::hidden; ++i) means[i] *= factor;
        means += Shape::hidden;
    }
}

}  // namespace

FloatBuffer::FloatBuffer(std::size_t count)
    : m_floats(static_cast<float*>(::operator new[](count * sizeof(float), kCacheLine))) {}

void FloatBuffer::Free::operator()(float* floats) const {
    ::operator delete[](floats, kCacheLine);
}

/// The activations of one pack; a row per token.
struct Encoder::Buffers {
    explicit Buffers(std::size_t tokens)
        : tokens(tokens),
          x(tokens * Shape::hidden),
          next(tokens * Shape::hidden),
          normalised(tokens * Shape::hidden),
          wide(tokens * Shape::wide),
          attended(tokens * Shape::hidden),
          scratch(attentionScratch(Shape::maximumTokens, Shape::hidden / Shape::heads)) {}

    std::size_t tokens;
    FloatBuffer x, next, normalised;
    FloatBuffer wide;  ///< query, key and value, then the inner layer of the feed-forward net
    FloatBuffer attended, scratch;
};

Encoder::Encoder(const Model& model, const Kernel& kernel)
    : m_model(model),
      m_kernel(kernel),
      m_timing(timingTable(model.timing())),
      m_residual(unpack(model.residual())),
      m_pool(unpack(model.pool())) {
    for (std::size_t i = 0; i < Shape::layers; ++i) {
        const Layer& layer = model.layer(i);
        m_layers[i] = {unpack(layer.qkv), unpack(layer.out), unpack(layer.wide), unpack(layer.narrow)};
    }
}

Encoder::Weights Encoder::unpack(const QuantisedMatrix& matrix) const {
    Weights weights{FloatBuffer(matrix.rows * matrix.columns), matrix.rows, matrix.columns};
    float* to = weights.panels.data();
    for (std::size_t panel = 0; panel < matrix.columns; panel += m_kernel.panel)
        for (std::size_t row = 0; row < matrix.rows; ++row)
            for (std::size_t column = panel; column < panel + m_kernel.panel; ++column)
                *to++ =
                    static_cast<float>(matrix.values[row * matrix.columns + column]) * matrix.scales[column];
    return weights;
}

void Encoder::multiply(const float* a, const Weights& w, const float* bias, float* c, std::size_t rows,
                       Store store) const {
    m_kernel.multiply({.a = a,
                       .aStride = w.depth,
                       .w = w.panels.data(),
                       .rowStride = m_kernel.panel,
                       .panelStride = w.depth * m_kernel.panel,
                       .bias = bias,
                       .c = c,
                       .cStride = w.columns,
                       .rows = rows,
                       .depth = w.depth,
                       .columns = w.columns,
                       .store = store});
}

/// Twice the embedding (the graph adds it once to itself plus the signal) and the position.
void Encoder::embedTokens(std::span<const Text> texts, float* x) const {
    const QuantisedMatrix& table = m_model.embedding();
    for (const Text& text : texts) {
        const float* timing = m_timing.data();
        for (const std::int32_t id : text) {
            const std::int8_t* values = table.values + static_cast<std::size_t>(id) * Shape::embedding;
            const float scale = 2.0f * table.scales[id];
            for (std::size_t i = 0; i < Shape::embedding; ++i)
                x[i] = static_cast<float>(values[i]) * scale + timing[i];
            x += Shape::embedding;
            timing += Shape::embedding;
        }
    }
}

void Encoder::attend(std::size_t width, std::span<const Text> texts, const Buffers& buffers) const {
    std::size_t first = 0;
    for (const Text& text : texts) {
        m_kernel.attend({.qkv = buffers.wide.data() + first * 3 * width,
                         .out = buffers.attended.data() + first * width,
                         .scratch = buffers.scratch.data(),
                         .tokens = text.size(),
                         .width = width,
                         .heads = Shape::heads});
        first += text.size();
    }
}

/// Reads and leaves the running sum in buffers.x; layer 0 widens it on the way.
void Encoder::runLayer(std::size_t index, std::span<const Text> texts, Buffers& buffers) const {
    const Layer& layer = m_model.layer(index);
    const LayerWeights& weights = m_layers[index];
    const std::size_t width = Shape::inputOf(index);
    const std::size_t rows = buffers.tokens;
    float* const normalised = buffers.normalised.data();
    float* const wide = buffers.wide.data();
    m_kernel.normalise({buffers.x.data(), layer.norm1Gain, layer.norm1Bias, normalised, rows, width});
    multiply(normalised, weights.qkv, layer.qkvBias, wide, rows, Store::Set);
    attend(width, texts, buffers);
    if (width != Shape::hidden) {
        multiply(buffers.x.data(), m_residual, m_model.residualBias(), buffers.next.data(), rows, Store::Set);
        std::swap(buffers.x, buffers.next);
    }
    float* const sum = buffers.x.data();
    multiply(buffers.attended.data(), weights.out, layer.outBias, sum, rows, Store::Add);
    m_kernel.normalise({sum, layer.norm2Gain, layer.norm2Bias, normalised, rows, Shape::hidden});
    multiply(normalised, weights.wide, layer.wideBias, wide, rows, Store::Relu);
    multiply(wide, weights.narrow, layer.narrowBias, sum, rows, Store::Add);
}

void Encoder::encode(std::span<const Text> texts, float* vectors) const {
    if (texts.empty()) return;
    Buffers buffers(tokensOf(texts));
    embedTokens(texts, buffers.x.data());
    for (std::size_t i = 0; i < Shape::layers; ++i) runLayer(i, texts, buffers);
    FloatBuffer means(texts.size() * Shape::hidden);
    poolRows(texts, buffers.x.data(), means.data());
    multiply(means.data(), m_pool, m_model.poolBias(), vectors, texts.size(), Store::Set);
    for (std::size_t i = 0; i < texts.size(); ++i)
        m_kernel.squash(vectors + i * Shape::hidden, Shape::hidden);
}

}  // namespace commonplace::embed
