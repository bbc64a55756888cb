#include "engine/base/shell_word.h"

#include <gtest/gtest.h>

namespace commonplace::base {
namespace {

TEST(ShellWord, PlainWordsStayAndOthersAreQuoted) {
    EXPECT_EQ(shellWord("/home/ann/docs-2.1"), "/home/ann/docs-2.1");
    EXPECT_EQ(shellWord("/media/ann/USB STICK"), "'/media/ann/USB STICK'");
    EXPECT_EQ(shellWord("it's"), "'it'\\''s'");
    EXPECT_EQ(shellWord("$(rm)"), "'$(rm)'");
    EXPECT_EQ(shellWord("#1"), "'#1'");
    EXPECT_EQ(shellWord(""), "''");
}

}  // namespace
}  // namespace commonplace::base
