#include "engine/extract/front_matter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace commonplace::extract {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(FrontMatter, ReadsTitleAliasesAndTags) {
    const std::string note =
        "---\ntitle: \"A: note\"\naliases: [Alpha, \"Beta, gamma\"]\ntags:\n  - one\n  - 'two'\n---\nBody";
    const FrontMatter matter = parseFrontMatter(note);
    EXPECT_EQ(matter.title, "A: note");
    EXPECT_THAT(matter.aliases, ElementsAre("Alpha", "Beta, gamma"));
    EXPECT_THAT(matter.tags, ElementsAre("one", "two"));
    EXPECT_EQ(note.substr(matter.bytes), "Body");
}

TEST(FrontMatter, ReadsToml) {
    const FrontMatter matter = parseFrontMatter("+++\ntitle = 'Plan'\ntags = [\"a\",\n  \"b\"]\n+++\n");
    EXPECT_EQ(matter.title, "Plan");
    EXPECT_THAT(matter.tags, ElementsAre("a", "b"));
}

TEST(FrontMatter, SplitsScalarLists) {
    const FrontMatter matter =
        parseFrontMatter("---\nalias: One name, other\ntags: a b, c\nkeywords: \n---\n");
    EXPECT_THAT(matter.aliases, ElementsAre("One name", "other"));
    EXPECT_THAT(matter.tags, ElementsAre("a", "b", "c"));
}

TEST(FrontMatter, IgnoresEmptyValuesAndOtherKeys) {
    const FrontMatter matter =
        parseFrontMatter("---\naliases:\n- \ntags:\npublish: true\nnested:\n  title: no\n---\nx");
    EXPECT_THAT(matter.aliases, IsEmpty());
    EXPECT_THAT(matter.tags, IsEmpty());
    EXPECT_EQ(matter.title, "");
    EXPECT_GT(matter.bytes, 0u);
}

TEST(FrontMatter, TakesDosLineEndsAndAnEmptyBlock) {
    EXPECT_EQ(parseFrontMatter("---\r\ntitle: X\r\n---\r\nBody").title, "X");
    EXPECT_EQ(parseFrontMatter("---\n---\nBody").bytes, 8u);
}

TEST(FrontMatter, AThematicBreakIsNone) {
    for (const char* note : {"---\n\nA paragraph of prose, no property.\n\n---\n", "---\nno end\n",
                             "text\n---\na: b\n---\n", "----\na: b\n----\n", "", "---"})
        EXPECT_EQ(parseFrontMatter(note).bytes, 0u) << note;
}

}  // namespace
}  // namespace commonplace::extract
