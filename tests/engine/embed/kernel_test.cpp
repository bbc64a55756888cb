// Every unit of the kernel against plain loops in double precision.
#include "engine/embed/kernel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>
#include <string>
#include <vector>

namespace commonplace::embed {
namespace {

using Floats = std::vector<float>;

Floats randomFloats(std::size_t count, unsigned seed, float range = 1) {
    std::mt19937 generator(seed);
    std::uniform_real_distribution<float> uniform(-range, range);
    Floats values(count);
    std::generate(values.begin(), values.end(), [&] { return uniform(generator); });
    return values;
}

std::vector<const Kernel*> kernels() {
    std::vector<const Kernel*> all{&baselineKernel(), avx2Kernel(), avx512Kernel()};
    std::erase(all, nullptr);
    return all;
}

class KernelTest : public testing::TestWithParam<const Kernel*> {
  protected:
    const Kernel& kernel() const { return *GetParam(); }

    /// A row-major matrix in the kernel's panels.
    Floats panels(const Floats& w, std::size_t depth, std::size_t columns) const {
        Floats result;
        for (std::size_t panel = 0; panel < columns; panel += kernel().panel)
            for (std::size_t k = 0; k < depth; ++k)
                for (std::size_t i = 0; i < kernel().panel; ++i) result.push_back(w[k * columns + panel + i]);
        return result;
    }

    Floats product(const Floats& a, const Floats& packed, const Floats& bias, std::size_t depth, Store store,
                   Floats c) const {
        const std::size_t columns = bias.size();
        kernel().multiply({a.data(), depth, packed.data(), kernel().panel, depth * kernel().panel,
                           bias.data(), c.data(), columns, a.size() / depth, depth, columns, store});
        return c;
    }
};

INSTANTIATE_TEST_SUITE_P(Units, KernelTest, testing::ValuesIn(kernels()),
                         [](const auto& info) { return std::string(info.param->name); });

struct Case {
    std::size_t rows, depth, columns;
};

double expectedElement(const Case& size, const Floats& a, const Floats& w, std::size_t row,
                       std::size_t column) {
    double sum = 0;
    for (std::size_t k = 0; k < size.depth; ++k)
        sum += double{a[row * size.depth + k]} * w[k * size.columns + column];
    return sum;
}

TEST_P(KernelTest, MultipliesAnyNumberOfRows) {
    for (const Case size :
         {Case{1, 3, 64}, {2, 64, 128}, {5, 17, 64}, {6, 8, 64}, {97, 33, 128}, {203, 5, 192}}) {
        const Floats a = randomFloats(size.rows * size.depth, 1),
                     w = randomFloats(size.depth * size.columns, 2);
        const Floats bias = randomFloats(size.columns, 3), before = randomFloats(size.rows * size.columns, 4);
        const Floats packed = panels(w, size.depth, size.columns);
        const Floats set = product(a, packed, bias, size.depth, Store::Set, before);
        const Floats relu = product(a, packed, bias, size.depth, Store::Relu, before);
        const Floats added = product(a, packed, bias, size.depth, Store::Add, before);
        for (std::size_t i = 0; i < before.size(); ++i) {
            const std::size_t row = i / size.columns, column = i % size.columns;
            const double value = expectedElement(size, a, w, row, column) + bias[column];
            ASSERT_NEAR(set[i], value, 1e-5) << size.rows << " rows, element " << i;
            ASSERT_NEAR(relu[i], std::max(0.0, value), 1e-5);
            ASSERT_NEAR(added[i], before[i] + value, 1e-5);
        }
    }
}

TEST_P(KernelTest, GivesARowTheSameBitsAmongAnyOthers) {
    const std::size_t depth = 512, columns = 192;
    const Floats a = randomFloats(211 * depth, 5), bias = randomFloats(columns, 7);
    const Floats packed = panels(randomFloats(depth * columns, 6), depth, columns);
    const Floats all = product(a, packed, bias, depth, Store::Set, Floats(211 * columns));
    for (const std::size_t count : {1u, 2u, 3u, 4u, 5u, 7u, 96u, 100u}) {
        const Floats some(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(count * depth));
        const Floats result = product(some, packed, bias, depth, Store::Set, Floats(count * columns));
        EXPECT_EQ(std::memcmp(result.data(), all.data(), result.size() * sizeof(float)), 0) << count;
    }
}

TEST_P(KernelTest, NormalisesRows) {
    const std::size_t rows = 3, width = 256;
    const Floats x = randomFloats(rows * width, 8, 30), gain = randomFloats(width, 9),
                 bias = randomFloats(width, 10);
    Floats y(x.size());
    kernel().normalise({x.data(), gain.data(), bias.data(), y.data(), rows, width});
    for (std::size_t row = 0; row < rows; ++row) {
        double mean = 0, variance = 0;
        for (std::size_t i = 0; i < width; ++i) mean += x[row * width + i] / double{width};
        for (std::size_t i = 0; i < width; ++i)
            variance += std::pow(x[row * width + i] - mean, 2) / double{width};
        for (std::size_t i = 0; i < width; ++i) {
            const double value = (x[row * width + i] - mean) / std::sqrt(variance + 1e-6) * gain[i] + bias[i];
            ASSERT_NEAR(y[row * width + i], value, 2e-5);
        }
    }
}

/// Attention of one head by the book.
std::vector<double> expectedHead(const Floats& qkv, std::size_t tokens, std::size_t width, std::size_t head,
                                 std::size_t headWidth, std::size_t token) {
    const auto at = [&](std::size_t t, std::size_t part, std::size_t i) {
        return double{qkv[t * 3 * width + part * width + head * headWidth + i]};
    };
    std::vector<double> weights(tokens), result(headWidth);
    double sum = 0;
    for (std::size_t other = 0; other < tokens; ++other) {
        double dot = 0;
        for (std::size_t i = 0; i < headWidth; ++i) dot += at(token, 0, i) * at(other, 1, i);
        sum += weights[other] = std::exp(dot / std::sqrt(double(headWidth)));
    }
    for (std::size_t other = 0; other < tokens; ++other)
        for (std::size_t i = 0; i < headWidth; ++i) result[i] += weights[other] / sum * at(other, 2, i);
    return result;
}

TEST_P(KernelTest, AttendsWithinATextOfAnyLength) {
    const std::size_t width = 256, heads = 4, headWidth = width / heads;
    for (const std::size_t tokens : {1u, 2u, 15u, 16u, 17u, 64u, 65u, 128u}) {
        const Floats qkv = randomFloats(tokens * 3 * width, 11, 2);
        // Filled with nonsense: what lies in the scratch must not matter.
        Floats out(tokens * width), scratch = randomFloats(attentionScratch(tokens, headWidth), 12, 1e30f);
        kernel().attend({qkv.data(), out.data(), scratch.data(), tokens, width, heads});
        for (std::size_t head = 0; head < heads; ++head)
            for (const std::size_t token : {std::size_t{0}, tokens / 2, tokens - 1}) {
                const auto expected = expectedHead(qkv, tokens, width, head, headWidth, token);
                for (std::size_t i = 0; i < headWidth; ++i)
                    ASSERT_NEAR(out[token * width + head * headWidth + i], expected[i], 1e-5) << tokens;
            }
    }
}

TEST_P(KernelTest, AttentionSurvivesExtremeScores) {
    const std::size_t width = 256;
    Floats qkv(2 * 3 * width, 100.0f), out(2 * width), scratch(attentionScratch(2, 64));
    std::fill_n(qkv.begin() + 3 * width + width, width,
                -100.0f);  // the second key points away from every query
    kernel().attend({qkv.data(), out.data(), scratch.data(), 2, width, 4});
    for (const float value : out) ASSERT_FLOAT_EQ(value, 100.0f);
}

TEST_P(KernelTest, SquashesToUnitLength) {
    Floats row = randomFloats(512, 13, 3);
    row[0] = 1e4f;
    row[1] = -1e4f;
    row[2] = 0;
    std::vector<double> expected(row.begin(), row.end());
    double length = 0;
    for (double& value : expected) length += std::pow(value = std::tanh(value), 2);
    kernel().squash(row.data(), row.size());
    for (std::size_t i = 0; i < row.size(); ++i) ASSERT_NEAR(row[i], expected[i] / std::sqrt(length), 1e-7);
    Floats zeros(512, 0.0f);
    kernel().squash(zeros.data(), zeros.size());
    EXPECT_EQ(zeros, Floats(512, 0.0f));
}

TEST(Kernel, ThePanelDividesTheWidestOne) {
    for (const Kernel* kernel : kernels()) EXPECT_EQ(kWidestPanel % kernel->panel, 0u) << kernel->name;
}

}  // namespace
}  // namespace commonplace::embed
