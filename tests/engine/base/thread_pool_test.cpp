#include "engine/base/thread_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <set>

namespace commonplace::base {
namespace {

TEST(ThreadPool, ParallelForCallsEveryIndexOnce) {
    ThreadPool pool(3);
    std::vector<std::atomic<int>> calls(1000);
    pool.parallelFor(calls.size(), [&](std::size_t i) { ++calls[i]; });
    for (const auto& count : calls) EXPECT_EQ(count, 1);
    pool.parallelFor(0, [](std::size_t) { FAIL(); });
}

TEST(ThreadPool, ZeroMeansOnePerHardwareThread) {
    EXPECT_EQ(ThreadPool(0).size(), std::max(1u, std::thread::hardware_concurrency()));
    EXPECT_EQ(ThreadPool(2).size(), 2u);
}

TEST(ThreadPool, TasksRunOnOtherThreads) {
    ThreadPool pool(1);
    std::promise<std::thread::id> where;
    pool.submit([&] { where.set_value(std::this_thread::get_id()); });
    EXPECT_NE(where.get_future().get(), std::this_thread::get_id());
}

TEST(ThreadPool, SeveralThreadsMayUseParallelForAtOnce) {
    ThreadPool pool(2);
    std::atomic<int> sum = 0;
    const auto work = [&] { pool.parallelFor(100, [&](std::size_t) { ++sum; }); };
    {
        const std::jthread first(work);
        const std::jthread second(work);
    }
    EXPECT_EQ(sum, 200);
}

TEST(ThreadPool, TheDestructorFinishesTheRunningTaskAndDropsTheWaiting) {
    std::atomic<bool> finished = false;
    std::atomic<int> waiting = 0;
    {
        ThreadPool pool(1);
        std::promise<void> started;
        pool.submit([&] {
            started.set_value();
            std::this_thread::sleep_for(std::chrono::milliseconds(30));
            finished = true;
        });
        for (int i = 0; i < 10; ++i) pool.submit([&] { ++waiting; });
        started.get_future().wait();
    }
    EXPECT_TRUE(finished);
    EXPECT_EQ(waiting, 0);
}

}  // namespace
}  // namespace commonplace::base
