// Every unit of the scan against a plain loop in double precision.
#include "engine/vector/scan.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace commonplace::vector {
namespace {

std::vector<Scan> scans() {
    std::vector<Scan> all{baselineScan(), avx2Scan(), avx512Scan()};
    std::erase(all, nullptr);
    return all;
}

struct Data {
    std::vector<std::int8_t> rows;
    std::vector<float> query;
};

Data randomData(std::size_t count, std::size_t stride, unsigned seed) {
    std::mt19937 generator(seed);
    std::uniform_int_distribution<int> step(-127, 127);
    std::normal_distribution<float> normal;
    Data data{std::vector<std::int8_t>(count * stride), std::vector<float>(stride)};
    for (auto& value : data.rows) value = static_cast<std::int8_t>(step(generator));
    for (auto& value : data.query) value = normal(generator);
    return data;
}

TEST(Scan, EveryUnitAgreesWithThePlainLoop) {
    for (const std::size_t stride : {32u, 64u, 384u, 512u, 1056u}) {
        const std::size_t count = 19;
        const Data data = randomData(count, stride, static_cast<unsigned>(stride));
        for (const Scan scan : scans()) {
            std::vector<float> dots(count);
            scan(data.rows.data(), count, stride, data.query.data(), dots.data());
            for (std::size_t row = 0; row < count; ++row) {
                double expected = 0;
                for (std::size_t i = 0; i < stride; ++i)
                    expected += double{data.query[i]} * data.rows[row * stride + i];
                ASSERT_NEAR(dots[row], expected, 1e-2) << stride;
            }
        }
    }
}

TEST(Scan, ARowScoresTheSameBitsAloneAndAmongOthers) {
    const std::size_t count = 9, stride = 512;
    const Data data = randomData(count, stride, 3);
    for (const Scan scan : scans()) {
        std::vector<float> all(count);
        scan(data.rows.data(), count, stride, data.query.data(), all.data());
        for (std::size_t row = 0; row < count; ++row) {
            float alone = 0;
            scan(data.rows.data() + row * stride, 1, stride, data.query.data(), &alone);
            EXPECT_EQ(alone, all[row]);
        }
    }
}

TEST(Scan, TheBestUnitIsOneOfThem) {
    const auto all = scans();
    EXPECT_EQ(bestScan(), all.back());
}

}  // namespace
}  // namespace commonplace::vector
