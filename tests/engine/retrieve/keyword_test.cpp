#include "engine/retrieve/keyword.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/engine/retrieve/small_library.h"

namespace commonplace::retrieve {
namespace {

double scoreOf(const std::vector<store::KeywordHit>& hits, store::DocumentId document) {
    const auto hit =
        std::find_if(hits.begin(), hits.end(), [&](const auto& h) { return h.document == document; });
    return hit == hits.end() ? 0 : hit->bm25;
}

std::vector<store::KeywordHit> hitsFor(test::SmallLibrary& library, const std::string& query,
                                       const std::string& carried = "") {
    return test::must(keywordHits(library.store(), {parse(query), parse(carried), 200, {}}));
}

TEST(Rarities, FallWithFrequency) {
    const auto rarity = rarities({0, 1, 50, 100, 200}, 100);
    EXPECT_TRUE(std::is_sorted(rarity.rbegin(), rarity.rend()));
    EXPECT_GT(rarity.back(), 0);
    EXPECT_DOUBLE_EQ(rarity[1], std::log(1 + 99.5 / 1.5));
    EXPECT_TRUE(rarities({}, 0).empty());
}

TEST(KeywordHits, RaisePassagesWhereTheWordsAreNeighbours) {
    test::SmallLibrary library;
    const auto together = library.add({"/a", "", {"The balance billing rule is old"}});
    const auto apart = library.add({"/b", "", {"The billing of balance rule is old"}});
    const auto hits = hitsFor(library, "balance billing");
    EXPECT_GT(scoreOf(hits, together), scoreOf(hits, apart));
    EXPECT_GT(scoreOf(hits, apart), 0);
}

TEST(KeywordHits, CountCarriedWordsLess) {
    test::SmallLibrary library;
    const auto own = library.add({"/a", "", {"dental checks are free"}});
    const auto carried = library.add({"/b", "", {"vision checks are free"}});
    const auto both = library.add({"/c", "", {"dental and vision checks"}});
    const auto hits = hitsFor(library, "dental", "vision");
    EXPECT_GT(scoreOf(hits, both), scoreOf(hits, own));
    EXPECT_GT(scoreOf(hits, own), scoreOf(hits, carried));
    EXPECT_GT(scoreOf(hits, carried), 0);
}

TEST(KeywordHits, KeepCarriedWordsWithinTheOperators) {
    test::SmallLibrary library;
    const auto forbidden = library.add({"/a", "", {"vision checks with lenses"}});
    const auto allowed = library.add({"/b", "", {"vision checks"}});
    library.add({"/c", "", {"dental"}});
    const auto hits = hitsFor(library, "dental -lenses", "vision");
    EXPECT_EQ(scoreOf(hits, forbidden), 0);
    EXPECT_GT(scoreOf(hits, allowed), 0);
    EXPECT_EQ(scoreOf(hitsFor(library, "\"dental\"", "vision"), allowed), 0);
}

TEST(KeywordHits, AreNoneForNothing) {
    test::SmallLibrary library;
    library.add({"/a", "", {"text"}});
    EXPECT_TRUE(hitsFor(library, "").empty());
    EXPECT_TRUE(hitsFor(library, "absent").empty());
}

TEST(Permitted, FollowsTheOperators) {
    test::SmallLibrary library;
    library.add({"/a", "", {"alpha beta"}});
    library.add({"/b", "", {"beta alpha"}});
    library.add({"/c", "", {"alpha beta gamma"}});
    const auto permitted = [&](const std::string& text) {
        return test::must(permittedBy(library.store(), {parse(text), {}, 200, {}}));
    };
    EXPECT_FALSE(permitted("alpha").hasRequired);
    EXPECT_TRUE(permitted("alpha").excluded.empty());
    EXPECT_EQ(permitted("alpha -gamma").excluded.size(), 1u);
    EXPECT_EQ(permitted("\"alpha beta\"").required.size(), 2u);
    EXPECT_EQ(permitted("\"alpha beta\" -gamma").required.size(), 1u);
    EXPECT_TRUE(permitted("\"gamma beta\"").hasRequired);
    EXPECT_TRUE(permitted("\"gamma beta\"").required.empty());
}

}  // namespace
}  // namespace commonplace::retrieve
