#include "engine/net/safe_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace commonplace::net {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(SafeText, IsOneShortLine) {
    const SafeText safe("");
    EXPECT_EQ(safe.quote(" a\n\x1b[31mb\x1b[0m\x07 "), "a b");
    EXPECT_LE(safe.quote(std::string(5000, 'x')).size(), 300u);
}

TEST(SafeText, NeverShowsTheKey) {
    const SafeText safe("sk-CANARY");
    EXPECT_EQ(safe.quote("key sk-CANARY and sk-CANARYsk-CANARY"), "key [key] and [key][key]");
    EXPECT_EQ(safe.quote("sk-\x1b[0mCAN\x01"
                         "ARY"),
              "[key]");
    EXPECT_EQ(safe.withoutKey(Error(ErrorCode::Network, "at sk-CANARY")).message(), "at [key]");
}

TEST(SafeText, ClippingLeavesNoPartOfTheKey) {
    const SafeText safe("sk-CANARY");
    for (std::size_t before = 280; before < 310; ++before)
        EXPECT_THAT(safe.quote(std::string(before, 'x') + "sk-CANARY"), Not(HasSubstr("sk"))) << before;
}

TEST(SafeText, APlaceholderKeyDoesNotSpoilTheWords) {
    EXPECT_EQ(SafeText("-").quote("a-b"), "a-b");
}

}  // namespace
}  // namespace commonplace::net
