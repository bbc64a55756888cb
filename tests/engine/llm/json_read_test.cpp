#include "engine/llm/json_read.h"

#include <gtest/gtest.h>

namespace commonplace::llm {
namespace {

TEST(JsonRead, WhatIsNotThereIsNull) {
    const JsonText json(R"({"a":{"b":[1,"x",null]},"yes":true})");
    ASSERT_TRUE(json.root().has_value());
    const JsonView root = *json.root();
    EXPECT_TRUE(root.isObject());
    EXPECT_TRUE(root.member("yes").isTrue());
    EXPECT_EQ(root.members().size(), 2u);
    const auto items = root.member("a").member("b").items();
    ASSERT_EQ(items.size(), 3u);
    EXPECT_EQ(items[0].count(), 1);
    EXPECT_EQ(items[1].text(), "x");
    EXPECT_TRUE(items[2].isNull());
    for (const JsonView& none : {root.member("b"), root.member("yes").member("a"), items[0].member("a")}) {
        EXPECT_TRUE(none.isNull());
        EXPECT_FALSE(none.isObject() || none.isArray() || none.isTrue());
        EXPECT_TRUE(none.items().empty() && none.members().empty());
        EXPECT_EQ(none.text(), "");
        EXPECT_EQ(none.message(), "");
        EXPECT_EQ(none.count(), std::nullopt);
    }
}

TEST(JsonRead, WhatIsNoJsonHasNoRoot) {
    for (const char* bad : {"", "{", "nonsense", "{}}"})
        EXPECT_FALSE(JsonText(bad).root().has_value()) << bad;
    EXPECT_FALSE(JsonText(std::string(65, '[') + std::string(65, ']')).root().has_value());
    EXPECT_TRUE(JsonText(std::string(64, '[') + std::string(64, ']')).root().has_value());
}

TEST(JsonRead, ErrorsOfGatewaysHaveAStatus) {
    const auto statusOf = [](std::string_view text) {
        return readPiece(text, [](const JsonView&, ChatPiece&) {})->errorStatus;
    };
    EXPECT_EQ(statusOf(R"({"error":{"message":"busy","code":503}})"), 503);
    EXPECT_EQ(statusOf(R"({"error":{"message":"busy","code":"503"}})"), 503);
    for (const char* none :
         {R"({"error":{"code":7}})", R"({"error":{"code":"5e2"}})", R"({"error":"x"})", "{}"})
        EXPECT_EQ(statusOf(none), 0) << none;
}

}  // namespace
}  // namespace commonplace::llm
