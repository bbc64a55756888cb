#include "engine/llm/json_mend.h"

#include <gtest/gtest.h>

#include "engine/base/text.h"

namespace commonplace::llm {
namespace {

TEST(JsonMend, CountsNestingOutsideOfStrings) {
    EXPECT_FALSE(isNestedDeeperThan(R"({"a":[1,{"b":2}],"c":[]})", 3));
    EXPECT_TRUE(isNestedDeeperThan(R"({"a":[1,{"b":2}],"c":[]})", 2));
    EXPECT_FALSE(isNestedDeeperThan(R"(["[[[[\"[[[["])", 1));
    EXPECT_FALSE(isNestedDeeperThan("]]]]]]", 1));
    EXPECT_FALSE(isNestedDeeperThan("\"\\", 1));
}

TEST(JsonMend, LeavesGoodTextAlone) {
    const std::string good = R"({"a":"ä你😀 \ud83d\ude00 \u00e4 \\ud83d \" \n"})";
    EXPECT_EQ(mendJson(good), good);
}

TEST(JsonMend, LoneSurrogatesBecomeReplacementCharacters) {
    EXPECT_EQ(mendJson(R"(\ud83d)"), R"(\ufffd)");
    EXPECT_EQ(mendJson(R"(\ude00x)"), R"(\ufffdx)");
    EXPECT_EQ(mendJson(R"(\ud83d\ud83d\ude00)"), R"(\ufffd\ud83d\ude00)");
    EXPECT_EQ(mendJson(R"(\ud83d\n)"), R"(\ufffd\n)");
    EXPECT_EQ(mendJson(R"(\u12)"), R"(\u12)");
    EXPECT_EQ(mendJson("\\"), "\\");
}

TEST(JsonMend, BadBytesComeBack) {
    std::string all = "ä\uFFFD";
    for (int byte = 0x80; byte < 0x100; ++byte) all += std::string(1, static_cast<char>(byte)) + " ";
    const std::string mended = mendJson(all);
    EXPECT_TRUE(base::isValidUtf8(mended));
    EXPECT_EQ(restoreBytes(mended), all);
}

}  // namespace
}  // namespace commonplace::llm
