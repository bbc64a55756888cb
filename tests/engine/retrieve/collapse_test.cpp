#include "engine/retrieve/collapse.h"

#include <gtest/gtest.h>

namespace commonplace::retrieve {
namespace {

TEST(FoldedText, IgnoresCaseSpaceAndPunctuation) {
    EXPECT_EQ(foldedText("The  Plan, in short:\ncovers ALL."), foldedText("the plan in short covers all"));
}

TEST(FoldedText, KeepsNumbersAndOrder) {
    EXPECT_NE(foldedText("revenue 2019: 10"), foldedText("revenue 2019: 11"));
    EXPECT_NE(foldedText("dog bites man"), foldedText("man bites dog"));
    EXPECT_NE(foldedText("12 3"), foldedText("1 23"));
}

TEST(Duplicates, FoldIntoTheFirst) {
    Duplicates seen;
    EXPECT_EQ(seen.add("One text.", 0), 0u);
    EXPECT_EQ(seen.add("another", 1), 1u);
    EXPECT_EQ(seen.add("one TEXT", 2), 0u);
    EXPECT_EQ(seen.add("another!", 2), 1u);
}

}  // namespace
}  // namespace commonplace::retrieve
