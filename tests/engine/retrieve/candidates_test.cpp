#include "engine/retrieve/candidates.h"

#include <gtest/gtest.h>

#include "tests/engine/retrieve/small_library.h"

namespace commonplace::retrieve {
namespace {

std::vector<Candidate> candidatesFor(test::SmallLibrary& library, const std::string& query) {
    return unite(test::must(keywordHits(library.store(), {parse(query), {}, 200, {}})), {});
}

TEST(Candidates, AreUnitedByChunk) {
    const std::vector<store::KeywordHit> byWord{{1, 10, 5.0}, {2, 10, 4.0}};
    const std::vector<vector::Hit> byMeaning{{2, 10, 0.5f}, {3, 11, 0.4f}};
    const auto candidates = unite(byWord, byMeaning);
    ASSERT_EQ(candidates.size(), 3u);
    EXPECT_EQ(candidates[1].raw.keyword, 4.0);
    EXPECT_EQ(candidates[2].chunk, 3);
    EXPECT_EQ(candidates[2].raw.keyword, std::nullopt);
}

TEST(Candidates, OfDeletedAndMissingDocumentsAreTakenOut) {
    test::SmallLibrary library;
    const auto present = library.add({"/here", "", {"alpha one"}});
    const auto missing = library.add({"/gone", "", {"alpha two"}});
    const auto offline = library.add({"/away", "", {"alpha three"}});
    auto candidates = candidatesFor(library, "alpha");
    candidates.push_back({999, 999, {}, {}});
    test::must(library.store().setPathState(std::vector<std::string>{"/gone"}, store::PathState::Missing));
    test::must(library.store().setPathState(std::vector<std::string>{"/away"}, store::PathState::Offline));
    const DocumentRows documents = test::must(documentsOf(library.store(), candidates));
    EXPECT_EQ(candidates.size(), 2u);
    EXPECT_TRUE(documents.contains(present));
    EXPECT_FALSE(documents.contains(missing));
    EXPECT_TRUE(documents.contains(offline)) << "what is offline is still known";
}

TEST(FileNames, RaiseTheDocumentThatTheQueryNames) {
    test::SmallLibrary library;
    const auto acme = library.add({"/reports/ACME_2019_10K.pdf", "", {"revenue grew"}});
    const auto other = library.add({"/reports/ZENITH_2019_10K.pdf", "", {"revenue fell"}});
    auto candidates = candidatesFor(library, "acme revenue");
    const DocumentRows documents = test::must(documentsOf(library.store(), candidates));
    ASSERT_EQ(candidates.size(), 2u);
    const double before = *candidates[0].raw.keyword;
    addFileNames(candidates, documents, parse("acme revenue"), {3, 1}, 0.5);
    for (const Candidate& candidate : candidates)
        EXPECT_DOUBLE_EQ(*candidate.raw.keyword,
                         candidate.document == acme ? before * (1 + 0.5 * 0.75) : before);
    EXPECT_NE(acme, other);
}

TEST(FileNames, BearOddNames) {
    test::SmallLibrary library;
    library.add({"/\xFF\xFE", "", {"alpha"}});
    library.add({"/.alpha", "", {"alpha beta"}});
    library.add({"/alpha", "", {"alpha gamma"}});
    auto candidates = candidatesFor(library, "alpha");
    const DocumentRows documents = test::must(documentsOf(library.store(), candidates));
    addFileNames(candidates, documents, parse("alpha"), {1}, 0.5);
    EXPECT_EQ(candidates.size(), 3u);
}

TEST(SortByScore, BreaksTiesByContentThenPosition) {
    DocumentRows documents;
    documents[1].sha256 = "bb";
    documents[2].sha256 = "aa";
    const FusedScore half{0.5, 0.5, 0}, full{1, 1, 0};
    std::vector<Candidate> candidates{
        {11, 1, {}, half}, {10, 1, {}, half}, {20, 2, {}, half}, {12, 1, {}, full}};
    sortByScore(candidates, documents);
    std::vector<store::ChunkId> order;
    for (const Candidate& candidate : candidates) order.push_back(candidate.chunk);
    EXPECT_EQ(order, (std::vector<store::ChunkId>{12, 20, 10, 11}));
}

}  // namespace
}  // namespace commonplace::retrieve
