// AVX-512: 24 accumulators of 32 registers. Twice as fast as AVX2 where the processor has two 512-bit
// multipliers.
#include "engine/embed/kernel.h"

#if defined(__x86_64__)
#include <immintrin.h>

namespace commonplace::embed {
namespace {

#define KERNEL_TARGET __attribute__((target("avx512f,avx512dq,avx2,fma,prefer-vector-width=512")))
typedef float Vec __attribute__((vector_size(64)));
typedef int Ints __attribute__((vector_size(64)));
constexpr std::size_t kTileRows = 6;
constexpr std::size_t kPanelVectors = 4;

KERNEL_TARGET __attribute__((always_inline)) inline Vec multiplyAdd(Vec a, Vec b, Vec c) {
    return _mm512_fmadd_ps(a, b, c);
}

#include "engine/embed/kernel_code.inc"

constexpr Kernel kKernel{"avx512", kPanel, multiply, normalise, attend, squash};

}  // namespace

const Kernel* avx512Kernel() {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") ? &kKernel : nullptr;
}

}  // namespace commonplace::embed
#else
const commonplace::embed::Kernel* commonplace::embed::avx512Kernel() {
    return nullptr;
}
#endif
