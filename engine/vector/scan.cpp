#include "engine/vector/scan.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace commonplace::vector {
namespace {

void scanBaseline(const std::int8_t* rows, std::size_t count, std::size_t stride, const float* query,
                  float* dots) {
    constexpr std::size_t lanes = 16;  // independent sums, so that the compiler may use vectors
    for (std::size_t i = 0; i < count; ++i, rows += stride) {
        float sums[lanes] = {};
        for (std::size_t j = 0; j < stride; j += lanes)
            for (std::size_t lane = 0; lane < lanes; ++lane)
                sums[lane] += query[j + lane] * static_cast<float>(rows[j + lane]);
        float dot = 0;
        for (const float sum : sums) dot += sum;
        dots[i] = dot;
    }
}

#if defined(__x86_64__)

#define SCAN_AVX2 __attribute__((target("avx2,fma")))
#define SCAN_AVX512 __attribute__((target("avx512f,avx2,fma")))

SCAN_AVX2 inline __m256 eightFloats(const std::int8_t* bytes) {
    const __m128i packed = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(bytes));
    return _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(packed));
}

SCAN_AVX2 inline float sumOf(__m256 value) {
    __m128 sum = _mm_add_ps(_mm256_castps256_ps128(value), _mm256_extractf128_ps(value, 1));
    sum = _mm_add_ps(sum, _mm_movehl_ps(sum, sum));
    return _mm_cvtss_f32(_mm_add_ss(sum, _mm_shuffle_ps(sum, sum, 1)));
}

SCAN_AVX2 void scanAvx2(const std::int8_t* rows, std::size_t count, std::size_t stride, const float* query,
                        float* dots) {
    for (std::size_t i = 0; i < count; ++i, rows += stride) {
        __m256 a = _mm256_setzero_ps(), b = a, c = a, d = a;
        for (std::size_t j = 0; j < stride; j += kRowUnit) {
            a = _mm256_fmadd_ps(_mm256_loadu_ps(query + j), eightFloats(rows + j), a);
            b = _mm256_fmadd_ps(_mm256_loadu_ps(query + j + 8), eightFloats(rows + j + 8), b);
            c = _mm256_fmadd_ps(_mm256_loadu_ps(query + j + 16), eightFloats(rows + j + 16), c);
            d = _mm256_fmadd_ps(_mm256_loadu_ps(query + j + 24), eightFloats(rows + j + 24), d);
        }
        dots[i] = sumOf(_mm256_add_ps(_mm256_add_ps(a, b), _mm256_add_ps(c, d)));
    }
}

// The masked forms, with every lane on: g++ 12 warns about the undefined operand inside the plain ones.
SCAN_AVX512 inline __m512 sixteenFloats(const std::int8_t* bytes) {
    constexpr __mmask16 all = 0xFFFF;
    const __m128i packed = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
    return _mm512_maskz_cvtepi32_ps(all, _mm512_maskz_cvtepi8_epi32(all, packed));
}

SCAN_AVX512 void scanAvx512(const std::int8_t* rows, std::size_t count, std::size_t stride,
                            const float* query, float* dots) {
    for (std::size_t i = 0; i < count; ++i, rows += stride) {
        __m512 a = _mm512_setzero_ps(), b = a;
        for (std::size_t j = 0; j < stride; j += kRowUnit) {
            a = _mm512_fmadd_ps(_mm512_loadu_ps(query + j), sixteenFloats(rows + j), a);
            b = _mm512_fmadd_ps(_mm512_loadu_ps(query + j + 16), sixteenFloats(rows + j + 16), b);
        }
        float lanes[16];
        _mm512_storeu_ps(lanes, _mm512_add_ps(a, b));
        dots[i] = sumOf(_mm256_add_ps(_mm256_loadu_ps(lanes), _mm256_loadu_ps(lanes + 8)));
    }
}

#endif

}  // namespace

Scan baselineScan() {
    return scanBaseline;
}

Scan avx2Scan() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return scanAvx2;
#endif
    return nullptr;
}

Scan avx512Scan() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("fma")) return scanAvx512;
#endif
    return nullptr;
}

Scan bestScan() {
    if (const Scan scan = avx512Scan()) return scan;
    if (const Scan scan = avx2Scan()) return scan;
    return scanBaseline;
}

}  // namespace commonplace::vector
