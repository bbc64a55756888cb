// What every processor of the architecture has (SSE2, NEON): 128-bit vectors; and the choice between the
// units.
#include "engine/embed/kernel.h"

namespace commonplace::embed {
namespace {

#define KERNEL_TARGET
typedef float Vec __attribute__((vector_size(16)));
typedef int Ints __attribute__((vector_size(16)));
constexpr std::size_t kTileRows = 4;
constexpr std::size_t kPanelVectors = 2;

__attribute__((always_inline)) inline Vec multiplyAdd(Vec a, Vec b, Vec c) {
    return a * b + c;
}

#include "engine/embed/kernel_code.inc"

constexpr Kernel kKernel{"baseline", kPanel, multiply, normalise, attend, squash};

}  // namespace

const Kernel& baselineKernel() {
    return kKernel;
}

const Kernel& bestKernel() {
    if (const Kernel* kernel = avx512Kernel()) return *kernel;
    if (const Kernel* kernel = avx2Kernel()) return *kernel;
    return kKernel;
}

}  // namespace commonplace::embed
