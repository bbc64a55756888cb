#include "engine/embed/encoder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "tests/engine/embed/reference.h"

namespace commonplace::embed {
namespace {

using Ids = std::vector<std::int32_t>;

std::vector<const Kernel*> kernels() {
    std::vector<const Kernel*> all{&baselineKernel(), avx2Kernel(), avx512Kernel()};
    std::erase(all, nullptr);
    return all;
}

std::vector<float> encode(const Encoder& encoder, const std::vector<Ids>& ids) {
    const std::vector<Encoder::Text> texts(ids.begin(), ids.end());
    std::vector<float> vectors(texts.size() * Shape::hidden);
    encoder.encode(texts, vectors.data());
    return vectors;
}

std::span<const float> rowOf(const std::vector<float>& vectors, std::size_t row) {
    return {vectors.data() + row * Shape::hidden, Shape::hidden};
}

bool sameBits(std::span<const float> a, std::span<const float> b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

std::vector<Ids> randomTexts(std::size_t count, unsigned seed) {
    std::mt19937 generator(seed);
    std::vector<Ids> texts(count);
    for (Ids& text : texts) {
        // Mostly short, so that tests are quick; every length occurs in the kernel's own test.
        text.resize(1 + generator() % (generator() % 5 == 0 ? Shape::maximumTokens : 24));
        for (std::int32_t& id : text) id = static_cast<std::int32_t>(generator() % Shape::pieces);
    }
    return texts;
}

class EncoderTest : public testing::TestWithParam<const Kernel*> {
  protected:
    Model m_model = test::builtinModel();
    Encoder m_encoder{m_model, *GetParam()};
};

INSTANTIATE_TEST_SUITE_P(Units, EncoderTest, testing::ValuesIn(kernels()),
                         [](const auto& info) { return std::string(info.param->name); });

TEST_P(EncoderTest, AgreesWithTheFloatModelOnEveryReferenceText) {
    std::vector<Ids> ids;
    std::vector<std::vector<float>> expected;
    for (const test::ReferenceItem& item : test::referenceItems()) {
        if (item.vector.empty()) continue;
        ids.push_back(item.window());
        expected.push_back(item.vector);
    }
    ASSERT_EQ(ids.size(), 54u);
    const auto vectors = encode(m_encoder, ids);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        EXPECT_GT(test::cosine(rowOf(vectors, i), expected[i]), 0.998) << i;
        EXPECT_NEAR(test::cosine(rowOf(vectors, i), rowOf(vectors, i)), 1, 1e-6);
    }
}

TEST_P(EncoderTest, GivesTheSameBitsAloneInAPackAndInAnotherOrder) {
    const std::vector<Ids> texts = randomTexts(50, 21);
    const auto together = encode(m_encoder, texts);
    std::vector<Ids> reversed(texts.rbegin(), texts.rend());
    const auto backwards = encode(m_encoder, reversed);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        EXPECT_TRUE(sameBits(rowOf(together, i), rowOf(backwards, texts.size() - 1 - i))) << i;
        const std::span<const float> row = rowOf(together, i);
        EXPECT_TRUE(i % 5 != 0 || sameBits(row, encode(m_encoder, {texts[i]}))) << i;
    }
}

TEST_P(EncoderTest, ReadsTheOrderOfTheTokens) {
    const auto vectors = encode(m_encoder, {{100, 200, 300}, {300, 200, 100}});
    EXPECT_LT(test::cosine(rowOf(vectors, 0), rowOf(vectors, 1)), 0.9999);
}

TEST_P(EncoderTest, DoesNothingForNoTexts) {
    m_encoder.encode({}, nullptr);
}

TEST(Encoder, AllUnitsAgree) {
    const Model model = test::builtinModel();
    const std::vector<Ids> texts = randomTexts(12, 22);
    const auto baseline = encode(Encoder(model, baselineKernel()), texts);
    for (const Kernel* kernel : kernels()) {
        const auto vectors = encode(Encoder(model, *kernel), texts);
        for (std::size_t i = 0; i < vectors.size(); ++i)
            ASSERT_NEAR(vectors[i], baseline[i], 1e-4) << kernel->name;
    }
}

}  // namespace
}  // namespace commonplace::embed
