#include "engine/store/bm25.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include "engine/store/query.h"
#include "tests/engine/store/sample.h"

namespace commonplace::store {
namespace {

using test::must;

class Bm25Test : public test::StoreTest {
  protected:
    /// 3,000 passages of 5 to 60 words out of 30, the low ones much more frequent: more than Bm25 collects at
    /// once.
    void fill() {
        std::mt19937 random(11);
        must(m_store->database().transact([&]() -> Result<void> {
            for (int d = 0; d < 30; ++d) {
                std::vector<std::string> texts(100);
                for (std::string& text : texts)
                    for (int n = 5 + static_cast<int>(random() % 56); n > 0; --n)
                        text += "w" + std::to_string((random() % 30) * (random() % 30) / 30) + " ";
                put("/" + std::to_string(d), "w1 title", texts);
            }
            return {};
        }));
    }
    Database::Handle& handle() { return m_store->database().handle(); }
    std::vector<Match> best(const std::string& match, std::size_t k, const KeywordWeights& weights = {}) {
        auto matches = Bm25(weights, k, {}).best(handle(), match);
        std::sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
            return a.score != b.score ? a.score > b.score : a.chunk < b.chunk;
        });
        return matches;
    }
};

TEST_F(Bm25Test, KeepsExactlyTheBestAndTheirTies) {
    fill();
    const std::string match = "\"w0\" OR \"w3\" OR \"w17\" OR \"w25\" OR \"nothing\"";
    const auto all = best(match, 100'000);
    ASSERT_GT(all.size(), 2000u);
    for (const std::size_t k : {1u, 7u, 50u, 200u}) {
        const auto some = best(match, k);
        ASSERT_GE(some.size(), k);
        for (std::size_t i = 0; i < some.size(); ++i) {
            EXPECT_EQ(some[i].chunk, all[i].chunk);
            EXPECT_EQ(some[i].score, all[i].score);
        }
        EXPECT_EQ(some.back().score, all[k - 1].score);
        EXPECT_LT(all[some.size()].score, some.back().score);
    }
}

/// FTS5's own function has the same formula but for the weight of a term: with one term both orders agree.
TEST_F(Bm25Test, AgreesWithFts5OnOneTerm) {
    fill();
    std::map<ChunkId, double> theirs;
    Query query(handle(),
                "SELECT rowid, bm25(chunk_fts, 2.0, 0.5) FROM chunk_fts WHERE chunk_fts MATCH '\"w21\"'");
    while (query.step()) theirs[query.integer(0)] = -query.real(1);
    ASSERT_GT(theirs.size(), 5u);
    const double n = static_cast<double>(theirs.size()), total = 3000;
    const double factor =
        std::log(1 + (total - n + 0.5) / (n + 0.5)) / std::log((total - n + 0.5) / (n + 0.5));
    const auto ours = best("\"w21\"", 1000, {2.0, 0.5});
    ASSERT_EQ(ours.size(), theirs.size());
    for (const Match& match : ours) EXPECT_NEAR(match.score, theirs[match.chunk] * factor, 1e-9);
}

TEST_F(Bm25Test, TheFilterIsAsked) {
    fill();
    const auto even = Bm25({}, 1000, [](ChunkId chunk) { return chunk % 2 == 0; }).best(handle(), "\"w0\"");
    ASSERT_FALSE(even.empty());
    for (const Match& match : even) EXPECT_EQ(match.chunk % 2, 0);
}

TEST_F(Bm25Test, WorksWithPhrasesPrefixesAndNot) {
    put("/a", "A", {"to be or not to be", "to be sure", "not at all"});
    EXPECT_EQ(best("\"to be\"", 10).size(), 2u);
    EXPECT_EQ(best("\"to be\" NOT \"sure\"", 10).size(), 1u);
    EXPECT_EQ(best("\"su\" *", 10).size(), 1u);
    EXPECT_TRUE(best("\"zebra\"", 10).empty());
}

TEST_F(Bm25Test, OutsideItsQueryTheFunctionIsAnError) {
    put("/a", "A", {"word"});
    Query forged(handle(), "SELECT collect_best(chunk_fts, 5) FROM chunk_fts WHERE chunk_fts MATCH 'word'");
    EXPECT_THROW(forged.step(), SQLite::Exception);
}

}  // namespace
}  // namespace commonplace::store
