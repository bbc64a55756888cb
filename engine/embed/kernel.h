// Kernel: the arithmetic of the encoder for one instruction set. Three units hold the same code
// (kernel_code.inc) for different vector widths; bestKernel() picks one at run time.
//
// Isolation: only the functions of a unit carry its target attribute, everything in it has internal linkage,
// and only raw pointers cross this border. So no inline function of the standard library is ever compiled for
// a newer processor than the rest of the program, which the linker might then choose for all.
//
// Reproducibility: every element of a product is one chain of multiply-adds over the depth in ascending
// order, whatever the number of rows. A text's vector therefore does not depend, to the last bit, on the
// texts packed beside it. (A general GEMM picks its blocking by the number of rows and gives no such
// promise.)
//
// Thread: pure functions on the caller's memory.
#pragma once

#include <cstddef>

namespace commonplace::embed {

enum class Store {
    Set,   ///< c = a·w + bias
    Relu,  ///< c = max(0, a·w + bias)
    Add,   ///< c += a·w + bias
};

/// c[rows × columns] from a[rows × depth] and w[depth × columns]. The columns of w lie in panels of
/// Kernel::panel: element (k, column) is w[column / panel * panelStride + k * rowStride + column % panel].
/// `columns` is a multiple of the panel. Strides are in floats.
struct Product {
    const float* a = nullptr;
    std::size_t aStride = 0;
    const float* w = nullptr;
    std::size_t rowStride = 0;
    std::size_t panelStride = 0;
    const float* bias = nullptr;  ///< null: none
    float* c = nullptr;
    std::size_t cStride = 0;
    std::size_t rows = 0;
    std::size_t depth = 0;
    std::size_t columns = 0;
    Store store = Store::Set;
};

/// Rows of `width` floats, normalised to mean 0 and variance 1, times gain, plus bias.
struct Normalisation {
    const float* x = nullptr;
    const float* gain = nullptr;
    const float* bias = nullptr;
    float* y = nullptr;
    std::size_t rows = 0;
    std::size_t width = 0;
};

/// Multi-head attention inside one text. A row of `qkv` is query, key and value, `width` floats each; a row
/// of `out` has `width` floats. `scratch` holds attentionScratch() floats.
struct Attention {
    const float* qkv = nullptr;
    float* out = nullptr;
    float* scratch = nullptr;
    std::size_t tokens = 0;
    std::size_t width = 0;
    std::size_t heads = 0;
};

struct Kernel {
    const char* name;
    std::size_t panel;  ///< columns of a panel; divides 64
    void (*multiply)(const Product&);
    void (*normalise)(const Normalisation&);
    void (*attend)(const Attention&);
    /// One row: tanh of each float, then scaled to length 1. `width` is a multiple of 16.
    void (*squash)(float* row, std::size_t width);
};

inline constexpr std::size_t kWidestPanel = 64;

/// Floats that attend() needs for a text of so many tokens: the keys of one head in panels, and the scores.
inline constexpr std::size_t attentionScratch(std::size_t tokens, std::size_t headWidth) {
    const std::size_t padded = (tokens + kWidestPanel - 1) / kWidestPanel * kWidestPanel;
    return padded * (headWidth + tokens);
}

/// Null where this processor or architecture lacks the instructions; the baseline is always there.
const Kernel* avx512Kernel();
const Kernel* avx2Kernel();
const Kernel& baselineKernel();
const Kernel& bestKernel();

}  // namespace commonplace::embed
