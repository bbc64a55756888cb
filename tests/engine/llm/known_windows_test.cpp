#include "engine/llm/known_windows.h"

#include <gtest/gtest.h>

namespace commonplace::llm {
namespace {

TEST(KnownWindows, AreForgottenInTimeAndSilenceEarlier) {
    double now = 0;
    KnownWindows windows([&] { return now; });
    EXPECT_FALSE(windows.find("s", "m"));
    windows.remember("s", "m", {4096});
    windows.remember("s", "silent", {});
    ASSERT_TRUE(windows.find("s", "m"));
    EXPECT_EQ(windows.find("s", "m")->tokens, 4096u);
    ASSERT_TRUE(windows.find("s", "silent"));
    EXPECT_FALSE(windows.find("s", "silent")->tokens);
    EXPECT_FALSE(windows.find("other", "m")) << "another server's";
    now = KnownWindows::kSilentSeconds;
    EXPECT_FALSE(windows.find("s", "silent"));
    EXPECT_TRUE(windows.find("s", "m"));
    now = KnownWindows::kToldSeconds;
    EXPECT_FALSE(windows.find("s", "m"));
}

}  // namespace
}  // namespace commonplace::llm
