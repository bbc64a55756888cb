#include "engine/ingest/channel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <numeric>
#include <thread>

namespace commonplace::ingest {
namespace {

TEST(Channel, DeliversEverythingOfAllProducersThenEnds) {
    Channel<int> channel(4, 3);
    std::vector<std::jthread> producers;
    for (int p = 0; p < 3; ++p)
        producers.emplace_back([&channel, p] {
            for (int i = 0; i < 100; ++i) channel.push(p * 100 + i, 1);
            channel.finish();
        });
    std::vector<int> all;
    for (auto batch = channel.popAll(); !batch.empty(); batch = channel.popAll()) {
        EXPECT_LE(batch.size(), 4u);
        all.insert(all.end(), batch.begin(), batch.end());
    }
    EXPECT_EQ(all.size(), 300u);
    EXPECT_EQ(std::accumulate(all.begin(), all.end(), 0), 299 * 300 / 2);
}

TEST(Channel, HeavyItemsWaitForRoomAndPassAlone) {
    Channel<int> channel(10, 1);
    std::jthread producer([&channel] {
        for (int i = 0; i < 20; ++i) channel.push(i, i % 2 == 0 ? 100 : 6);  // 100 exceeds the capacity
        channel.finish();
    });
    int next = 0;
    for (auto batch = channel.popAll(); !batch.empty(); batch = channel.popAll()) {
        EXPECT_EQ(batch.size(), 1u);  // no two of them fit together
        for (const int item : batch) EXPECT_EQ(item, next++);
    }
    EXPECT_EQ(next, 20);
}

TEST(Channel, AbandonedProducersDoNotWait) {
    Channel<int> channel(1, 1);
    std::jthread producer([&channel] {
        for (int i = 0; i < 1000; ++i) channel.push(i, 1);
        channel.finish();
    });
    channel.abandon();
    while (!channel.popAll().empty()) {
    }
    SUCCEED();
}

}  // namespace
}  // namespace commonplace::ingest
