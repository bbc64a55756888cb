#include "engine/base/script.h"

#include <gtest/gtest.h>

namespace commonplace::base {
namespace {

TEST(Script, KnowsTheScriptOfALetter) {
    EXPECT_EQ(scriptOf(U'a'), scriptOf(U'\u00E9'));
    EXPECT_EQ(scriptOf(U'\u6771'), scriptOf(U'\u304C'));
    EXPECT_NE(scriptOf(U'a'), scriptOf(U'\u0436'));
    for (const char32_t other : {U'7', U'.', U' ', U'\u0301', U'\uFFFF', static_cast<char32_t>(0x110000)})
        EXPECT_EQ(scriptOf(other), std::nullopt);
}

}  // namespace
}  // namespace commonplace::base
