#include "engine/extract/script_digits.h"

#include <gtest/gtest.h>

namespace commonplace::extract {
namespace {

TEST(InScript, RaisesAndLowersDigits) {
    EXPECT_EQ(inScript("2", Script::Raised), "²");
    EXPECT_EQ(inScript("n+1", Script::Raised), "ⁿ⁺¹");
    EXPECT_EQ(inScript("-12", Script::Raised), "⁻¹²");
    EXPECT_EQ(inScript("2", Script::Lowered), "₂");
    EXPECT_EQ(inScript("0123456789", Script::Raised), "⁰¹²³⁴⁵⁶⁷⁸⁹");
}

TEST(InScript, LeavesWhatHasNoForm) {
    EXPECT_EQ(inScript("th", Script::Raised), "th");
    EXPECT_EQ(inScript("2a", Script::Raised), "2a");
    EXPECT_EQ(inScript("2", Script::Normal), "2");
    EXPECT_EQ(inScript("", Script::Raised), "");
}

}  // namespace
}  // namespace commonplace::extract
