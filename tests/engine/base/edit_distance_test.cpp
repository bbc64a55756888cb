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

TEST(Closest, GuessesWhatIsNear) {
    EXPECT_EQ(closest("serch", {"status", "search"}), "search");
    EXPECT_EQ(closest("udno", {"set", "undo"}), "undo");
    EXPECT_EQ(closest("--jsn", {"--in", "--json"}), "--json");
    EXPECT_EQ(closest("search", {"search"}), "search");
    EXPECT_EQ(closest("zebra", {"search", "status"}), "");
    EXPECT_EQ(closest("x", {"ab", "abc"}), "");
    EXPECT_EQ(closest("x", {"y"}), "");  // nothing of it is left
    EXPECT_EQ(closest("", {}), "");
}

}  // namespace
}  // namespace commonplace::base
