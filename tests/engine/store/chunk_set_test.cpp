#include "engine/store/chunk_set.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace commonplace::store {
namespace {

TEST(ChunkSet, EmptyHoldsNothing) {
    ChunkSet set;
    set.add(5, 0);
    set.seal();
    EXPECT_TRUE(set.empty());
    EXPECT_FALSE(set.contains(5));
}

TEST(ChunkSet, AgreesWithAPlainSet) {
    std::mt19937 random(1);
    ChunkSet set;
    std::set<ChunkId> plain;
    for (int i = 0; i < 200; ++i) {
        const ChunkId first = static_cast<ChunkId>(random() % 500) * 10;  // apart, or touching, or the same
        const auto count = static_cast<std::int64_t>(random() % 11);
        if (plain.contains(first)) continue;
        set.add(first, count);
        for (ChunkId id = first; id < first + count; ++id) plain.insert(id);
    }
    set.seal();
    for (ChunkId id = -1; id < 5020; ++id) EXPECT_EQ(set.contains(id), plain.contains(id)) << id;
}

}  // namespace
}  // namespace commonplace::store
