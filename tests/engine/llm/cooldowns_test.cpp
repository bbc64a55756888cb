#include "engine/llm/cooldowns.h"

#include <gtest/gtest.h>

namespace commonplace::llm {
namespace {

TEST(Cooldowns, LastForAWhileAndEndWithSuccess) {
    double now = 100;
    Cooldowns cooldowns([&] { return now; });
    EXPECT_FALSE(cooldowns.isCooling("a"));
    cooldowns.failed("a");
    EXPECT_TRUE(cooldowns.isCooling("a"));
    EXPECT_FALSE(cooldowns.isCooling("b"));
    now += Cooldowns::kSeconds;
    EXPECT_FALSE(cooldowns.isCooling("a"));
    cooldowns.failed("a");
    cooldowns.succeeded("a");
    EXPECT_FALSE(cooldowns.isCooling("a"));
}

TEST(Cooldowns, UseAClockOfTheirOwn) {
    Cooldowns cooldowns;
    cooldowns.failed("a");
    EXPECT_TRUE(cooldowns.isCooling("a"));
}

}  // namespace
}  // namespace commonplace::llm
