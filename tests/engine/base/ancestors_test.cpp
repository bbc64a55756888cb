#include "engine/base/ancestors.h"

#include <gtest/gtest.h>

#include <vector>

namespace commonplace::base {
namespace {

TEST(Ancestors, GoFromThePathItselfToTheRoot) {
    std::vector<std::string> seen;
    EXPECT_EQ(firstAtOrAbove("/a/b b/c.md", [&](const std::string& at) { return seen.push_back(at), false; }),
              "");
    EXPECT_EQ(seen, (std::vector<std::string>{"/a/b b/c.md", "/a/b b", "/a", "/"}));
}

TEST(Ancestors, TheInnermostOneIsFound) {
    const auto isShort = [](const std::string& at) { return at.size() < 5; };
    EXPECT_EQ(firstAtOrAbove("/a/b/c/d", isShort), "/a/b");
    EXPECT_EQ(firstAtOrAbove("/", isShort), "/");
}

}  // namespace
}  // namespace commonplace::base
