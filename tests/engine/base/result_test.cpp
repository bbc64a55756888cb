#include "engine/base/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <set>

namespace commonplace::base {
namespace {

Result<int> parse(int value) {
    if (value < 0) return Error(ErrorCode::InvalidArgument, "negative");
    return value;
}

Result<std::unique_ptr<int>> doubled(int value) {
    TRY(const int parsed, parse(value));
    return std::make_unique<int>(parsed * 2);
}

Result<void> check(int value) {
    TRY_VOID(parse(value));
    return {};
}

TEST(Result, HoldsAValueOrAnError) {
    EXPECT_EQ(*parse(3), 3);
    EXPECT_TRUE(parse(3).has_value());
    EXPECT_FALSE(parse(-1).has_value());
    EXPECT_EQ(parse(-1).error().code(), ErrorCode::InvalidArgument);
    EXPECT_EQ(parse(-1).value_or(7), 7);
}

TEST(Result, TryPassesTheErrorOnAndMovesTheValueOut) {
    Result<std::unique_ptr<int>> good = doubled(4);
    ASSERT_TRUE(good);
    EXPECT_EQ(**good, 8);
    EXPECT_EQ(doubled(-4).error().message(), "negative");
    EXPECT_TRUE(check(1));
    EXPECT_FALSE(check(-1));
}

TEST(Error, WithinPutsTheOuterStepBefore) {
    const Error error = Error(ErrorCode::Io, "no such disk").within("while opening x");
    EXPECT_EQ(error.message(), "while opening x: no such disk");
    EXPECT_EQ(error.code(), ErrorCode::Io);
}

TEST(ErrorCode, EveryCodeHasItsOwnName) {
    std::set<std::string> names;
    for (int code = 0; code <= static_cast<int>(ErrorCode::Crashed); ++code)
        names.insert(name(static_cast<ErrorCode>(code)));
    EXPECT_EQ(names.size(), 16u);
    EXPECT_STREQ(name(ErrorCode::NotFound), "not_found");
}

}  // namespace
}  // namespace commonplace::base
