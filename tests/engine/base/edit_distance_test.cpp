#include "engine/base/edit_distance.h"

#include <gtest/gtest.h>

namespace commonplace::base {
namespace {

TEST(EditDistance, CountsBytesAddedRemovedAndChanged) {
    EXPECT_EQ(editDistance("", ""), 0u);
    EXPECT_EQ(editDistance("search", "search"), 0u);
    EXPECT_EQ(editDistance("serch", "search"), 1u);
    EXPECT_EQ(editDistance("lst", "list"), 1u);
    EXPECT_EQ(editDistance("kitten", "sitting"), 3u);
    EXPECT_EQ(editDistance("", "abc"), 3u);
    EXPECT_EQ(editDistance("abc", ""), 3u);
}

}  // namespace
}  // namespace commonplace::base
