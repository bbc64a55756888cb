#include "engine/library/shares.h"

#include <gmock/gmock.h>

#include "tests/engine/store/sample.h"

namespace commonplace::library {
namespace {

using store::DocumentId;
using test::must;
using testing::ElementsAre;
using Segments = std::map<DocumentId, std::int64_t>;

class SharesTest : public test::StoreTest {};

TEST_F(SharesTest, EachRunCountsItsDocumentsOnce) {
    const DocumentId first = put("/a/in/one.md", "One", {"one"});
    const DocumentId second = put("/b.md", "Two", {"two"});
    const DocumentId third = put("/c/three.md", "Three", {"three"});
    must(m_store->pointPath(test::at("/b/copy.md"), first));
    const Shares shares = must(sharesOf(*m_store, Segments{{first, 5}, {second, 7}, {third, 11}},
                                        {{"/a", "x"}, {"/b", "x"}, {"/a/in/one.md", "y"}, {"/b.md", "y"}}));
    // Both of x's folders hold the first document, which counts once; /b is not around /b.md.
    EXPECT_EQ(shares.perClaim.at(0) + shares.perClaim.at(1), 5);
    EXPECT_EQ(shares.perClaim.at(2), 5);
    EXPECT_EQ(shares.perClaim.at(3), 7);
    EXPECT_EQ(shares.unclaimed, 11);
}

TEST_F(SharesTest, TheRootOfAllFoldersIsAClaimToo) {
    const DocumentId only = put("/a/one.md", "One", {"one"});
    EXPECT_THAT(must(sharesOf(*m_store, Segments{{only, 3}}, {{"/", "x"}})).perClaim, ElementsAre(3));
    EXPECT_EQ(must(sharesOf(*m_store, Segments{{only, 3}}, {})).unclaimed, 3);
}

}  // namespace
}  // namespace commonplace::library
