#include "engine/vector/row_store.h"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <vector>

namespace commonplace::vector {
namespace {

constexpr std::size_t kDimension = 40;

/// A row whose bytes tell its number.
std::array<std::int8_t, kDimension> stepsOf(std::size_t row) {
    std::array<std::int8_t, kDimension> steps{};
    for (std::size_t i = 0; i < kDimension; ++i) steps[i] = static_cast<std::int8_t>(row * 31 + i);
    return steps;
}

void append(RowStore& store, std::size_t row) {
    const auto steps = stepsOf(row);
    store.append({static_cast<float>(row) + 1, steps.data()}, static_cast<std::int64_t>(row) * 10);
}

bool holds(const RowStore& store, RowIndex at, std::size_t row) {
    const auto steps = stepsOf(row);
    return std::memcmp(store.steps(at), steps.data(), kDimension) == 0 &&
           store.scale(at) == static_cast<float>(row) + 1 &&
           store.chunk(at) == static_cast<std::int64_t>(row) * 10;
}

TEST(RowStore, KeepsRowsAcrossBlocksAndPadsThem) {
    RowStore store(kDimension);
    const std::size_t count = RowStore::kBlockRows * 2 + 3;
    for (std::size_t row = 0; row < count; ++row) append(store, row);
    EXPECT_EQ(store.size(), count);
    EXPECT_EQ(store.stride(), 64u);
    for (std::size_t row = 0; row < count; row += 997)
        ASSERT_TRUE(holds(store, static_cast<RowIndex>(row), row));
    for (std::size_t i = kDimension; i < store.stride(); ++i)
        EXPECT_EQ(store.steps(RowStore::kBlockRows)[i], 0);
}

TEST(RowStore, GrowingMovesNoRow) {
    RowStore store(kDimension);
    append(store, 0);
    const std::int8_t* first = store.steps(0);
    for (std::size_t row = 1; row < RowStore::kBlockRows * 2; ++row) append(store, row);
    EXPECT_EQ(store.steps(0), first);
}

TEST(RowStore, MovesAndTruncates) {
    RowStore store(kDimension);
    for (std::size_t row = 0; row < RowStore::kBlockRows + 5; ++row) append(store, row);
    const std::size_t before = store.bytes();
    store.move(static_cast<RowIndex>(RowStore::kBlockRows + 4), 1);
    store.truncate(2);
    EXPECT_TRUE(holds(store, 0, 0));
    EXPECT_TRUE(holds(store, 1, RowStore::kBlockRows + 4));
    EXPECT_EQ(store.size(), 2u);
    EXPECT_EQ(store.bytes() * 2, before);
    append(store, 2);
    EXPECT_TRUE(holds(store, 2, 2));
    store.truncate(0);
    EXPECT_EQ(store.bytes(), 0u);
}

}  // namespace
}  // namespace commonplace::vector
