#include "engine/retrieve/semantic.h"

#include <gtest/gtest.h>

#include "tests/engine/retrieve/small_library.h"

namespace commonplace::retrieve {
namespace {

class Semantic : public testing::Test {
  protected:
    Semantic() {
        m_holiday = m_library.add({"/holiday", "", {"annual leave"}});
        m_wage = m_library.add({"/wage", "", {"monthly wage"}});
        m_both = m_library.add({"/both", "", {"leave with wage"}});
        m_library.embed(m_embedder);
        m_query = test::must(embedQuery(m_embedder, "vacation", {}, {}));
    }

    std::vector<store::DocumentId> nearestDocuments(const Permitted& permitted,
                                                    const store::DocumentSet& among, std::size_t pool = 10) {
        std::vector<store::DocumentId> ids;
        for (const auto& hit : nearest(m_library.vectors(), m_query, pool, permitted, among))
            ids.push_back(hit.document);
        return ids;
    }

    std::vector<store::KeywordHit> hits(const std::string& match) {
        return test::must(m_library.store().keyword(match, 10, {}, {}));
    }

    using Ids = std::vector<store::DocumentId>;
    test::SmallLibrary m_library;
    test::FakeEmbedder m_embedder{test::synonyms()};
    store::DocumentId m_holiday, m_wage, m_both;
    QueryVector m_query;
};

TEST_F(Semantic, FindsByMeaning) {
    EXPECT_EQ(nearestDocuments({}, {}, 2), (Ids{m_holiday, m_both}));
}

TEST_F(Semantic, KeepsToTheFilter) {
    EXPECT_EQ(nearestDocuments({}, Ids{m_wage, m_both}, 1), Ids{m_both});
}

TEST_F(Semantic, LeavesOutWhatIsExcluded) {
    Permitted permitted;
    permitted.excluded = {hits("\"annual\"").front().chunk};
    EXPECT_EQ(nearestDocuments(permitted, {}, 1), Ids{m_both});
}

TEST_F(Semantic, KeepsToWhatIsRequired) {
    Permitted permitted;
    permitted.hasRequired = true;
    permitted.required = hits("\"wage\"");
    EXPECT_EQ(nearestDocuments(permitted, {}), (Ids{m_both, m_wage}));
    permitted.required.clear();
    EXPECT_TRUE(nearestDocuments(permitted, {}).empty());
}

TEST_F(Semantic, CosinesAreNothingWithoutAVector) {
    const Cosines exact =
        cosines(m_library.vectors(), m_query.values, {hits("\"annual\"").front().chunk, 999});
    EXPECT_GT(exact[0].value_or(0), 0.6);
    EXPECT_EQ(exact[1], std::nullopt);
    EXPECT_EQ(cosines(m_library.vectors(), {}, {hits("\"annual\"").front().chunk})[0], std::nullopt);
}

TEST_F(Semantic, EmbedsTheSeedsAlong) {
    const QueryVector query = test::must(embedQuery(m_embedder, "wage", {{1, "salary"}, {2, ""}}, {}));
    ASSERT_EQ(query.seeds.size(), 2u);
    EXPECT_EQ(query.seeds[0], query.values) << "synonyms";
    EXPECT_TRUE(query.seeds[1].empty()) << "a text that the model cannot read";
    EXPECT_FALSE(test::must(embedQuery(m_embedder, "", {}, {})).usable());
    EXPECT_FALSE(test::must(embedQuery(m_embedder, "?!", {}, {})).usable());
}

TEST_F(Semantic, StopsWhenAsked) {
    std::stop_source stop;
    stop.request_stop();
    const auto query = embedQuery(m_embedder, "wage", {}, stop.get_token());
    ASSERT_FALSE(query);
    EXPECT_EQ(query.error().code(), ErrorCode::Cancelled);
}

}  // namespace
}  // namespace commonplace::retrieve
