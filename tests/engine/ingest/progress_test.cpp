#include "engine/ingest/progress.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

namespace commonplace::ingest {
namespace {

TEST(Gate, LetsThroughUnlessPaused) {
    Gate gate;
    gate.pass({});
    EXPECT_FALSE(gate.paused());
}

TEST(Gate, HoldsUntilResumed) {
    Gate gate;
    gate.pause();
    std::atomic<bool> passed = false;
    std::jthread waiter([&] {
        gate.pass({});
        passed = true;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    EXPECT_FALSE(passed);
    gate.resume();
    waiter.join();
    EXPECT_TRUE(passed);
}

TEST(Gate, AStopEndsTheWait) {
    Gate gate;
    gate.pause();
    std::stop_source stop;
    std::jthread waiter([&] { gate.pass(stop.get_token()); });
    stop.request_stop();
    waiter.join();
    EXPECT_TRUE(gate.paused());
}

}  // namespace
}  // namespace commonplace::ingest
