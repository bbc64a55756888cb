#include "engine/vector/packed.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "engine/vector/resident_index.h"

namespace commonplace::vector {
namespace {

std::vector<float> unitVector(std::size_t dimension, unsigned seed) {
    std::mt19937 generator(seed);
    std::normal_distribution<float> normal;
    std::vector<float> values(dimension);
    double length = 0;
    for (float& value : values) length += std::pow(double{value = normal(generator)}, 2);
    for (float& value : values) value = static_cast<float>(value / std::sqrt(length));
    return values;
}

TEST(Packed, IsScaleAndOneByteAComponent) {
    const std::string packed = pack(std::vector<float>{0.6f, -0.8f});
    ASSERT_EQ(packed.size(), 6u);
    EXPECT_EQ(packed[4], 95);
    EXPECT_EQ(packed[5], -127);
    // 1 / 127 as a little-endian float.
    EXPECT_EQ(pack(std::vector<float>{0, -1}), std::string("\x04\x02\x01\x3C\0\x81", 6));
}

TEST(Packed, ComesBackNearlyAndWithItsLength) {
    for (unsigned seed = 0; seed < 20; ++seed) {
        const auto values = unitVector(512, seed);
        const auto back = unpack(pack(values), 512);
        ASSERT_TRUE(back);
        double dot = 0, length = 0;
        for (std::size_t i = 0; i < values.size(); ++i) {
            dot += double{values[i]} * (*back)[i];
            length += double{(*back)[i]} * (*back)[i];
        }
        EXPECT_GT(dot, 0.9999);
        EXPECT_NEAR(length, 1, 1e-6);
    }
}

TEST(Packed, PackingAgainChangesNothing) {
    const std::string packed = pack(unitVector(384, 7));
    EXPECT_EQ(pack(*unpack(packed, 384)).substr(kScaleBytes), packed.substr(kScaleBytes));
}

TEST(Packed, TheZeroVectorIsEmpty) {
    EXPECT_EQ(pack(std::vector<float>(8, 0.0f)), "");
    EXPECT_EQ(*unpack("", 8), std::vector<float>(8, 0.0f));
    EXPECT_EQ(pack({}), "");
}

TEST(Packed, WhatIsNoNumberBecomesTheZeroVector) {
    const float nan = std::numeric_limits<float>::quiet_NaN(),
                infinite = std::numeric_limits<float>::infinity();
    EXPECT_EQ(pack(std::vector<float>{1, nan, 0}), "");
    EXPECT_EQ(pack(std::vector<float>{1, infinite, 0}), "");
}

TEST(Packed, SurvivesTinyAndHugeVectors) {
    EXPECT_EQ(pack(std::vector<float>{1e-40f, 0}).size(), 6u);
    EXPECT_EQ(pack(std::vector<float>{3e38f, -3e38f}).size(), 6u);
    const auto tiny = unpack(pack(std::vector<float>{1e-30f, 0}), 2);
    ASSERT_TRUE(tiny);
    EXPECT_NEAR((*tiny)[0] / 1e-30f, 1, 1e-5);
}

TEST(Packed, WrongSizesAndScalesAreCorrupt) {
    const std::string good = pack(unitVector(8, 1));
    std::string nan = good, negative = good, zero = good;
    nan.replace(0, 4, "\xFF\xFF\xFF\x7F");
    negative[3] = static_cast<char>(negative[3] | 0x80);
    zero.replace(0, 4, std::string(4, '\0'));
    for (const std::string& bad : {good + "x", good.substr(1), std::string("abc"), nan, negative, zero}) {
        const auto result = unpack(bad, 8);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code(), ErrorCode::Corrupt);
    }
    EXPECT_FALSE(unpack(good, 9));
}

}  // namespace
}  // namespace commonplace::vector
