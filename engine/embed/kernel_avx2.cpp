// x86-64-v3: 256-bit vectors and fused multiply-add; 12 accumulators of 16 registers.
#include "engine/embed/kernel.h"

#if defined(__x86_64__)
#include <immintrin.h>

namespace commonplace::embed {
namespace {

#define KERNEL_TARGET __attribute__((target("avx2,fma")))
typedef float Vec __attribute__((vector_size(32)));
typedef int Ints __attribute__((vector_size(32)));
constexpr std::size_t kTileRows = 6;
constexpr std::size_t kPanelVectors = 2;

KERNEL_TARGET __attribute__((always_inline)) inline Vec multiplyAdd(Vec a, Vec b, Vec c) {
    return _mm256_fmadd_ps(a, b, c);
}

#include "engine/embed/kernel_code.inc"

constexpr Kernel kKernel{"avx2", kPanel, multiply, normalise, attend, squash};

}  // namespace

const Kernel* avx2Kernel() {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &kKernel : nullptr;
}

}  // namespace commonplace::embed
#else
const commonplace::embed::Kernel* commonplace::embed::avx2Kernel() {
    return nullptr;
}
#endif
