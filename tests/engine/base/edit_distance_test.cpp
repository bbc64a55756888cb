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
    EXPECT_EQ(editDistance("aks", "ask"), 1u);
    EXPECT_EQ(editDistance("ca", "abc"), 3u);  // no byte is moved twice
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
    EXPECT_EQ(closest("x", {"y"}), "");          // nothing of it is left
    EXPECT_EQ(closest("-k", {"-h", "-n"}), "");  // one letter that is another letter says nothing
    EXPECT_EQ(closest("-h", {"-h"}), "-h");
    EXPECT_EQ(closest("", {}), "");
}

}  // namespace
}  // namespace commonplace::base
