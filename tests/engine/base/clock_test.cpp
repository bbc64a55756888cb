#include "engine/base/clock.h"

#include <gmock/gmock.h>

#include <thread>

#include "tests/support/hang.h"

namespace commonplace::base {
namespace {

TEST(Clock, NowIsIso8601Utc) {
    EXPECT_THAT(nowUtc(),
                testing::MatchesRegex("20[0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]Z"));
}

TEST(Clock, StopwatchCountsUp) {
    const Stopwatch watch;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_GE(watch.milliseconds(), 5.0);
    EXPECT_LT(watch.seconds(), test::kHangSeconds);
}

}  // namespace
}  // namespace commonplace::base
