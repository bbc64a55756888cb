#include <algorithm>
#include <cstdio>
#include <random>

#include "engine/base/clock.h"
#include "engine/store/handle.h"
#include "engine/store/index_store.h"
#include "engine/store/query.h"
#include "tests/engine/store/sample.h"
#include "tests/golden/golden.h"

namespace commonplace::store {
namespace {

using test::must;
using Names = std::vector<std::string>;

class FullTextTest : public test::StoreTest {
  protected:
    /// A golden case: "+ title | text" adds a document, "? words" and "\" phrase" ask; one line of answers
    /// each.
    std::string play(const std::string& script) {
        std::istringstream lines(script);
        std::string answers;
        for (std::string line; std::getline(lines, line);) answers += answer(line);
        return answers;
    }
    std::string answer(const std::string& line) {
        if (line.size() < 2 || line[0] == '#') return "";
        const std::string rest = line.substr(2);
        if (line[0] == '+') {
            const std::size_t bar = rest.find(" | ");
            put("/" + rest, rest.substr(0, bar), {rest.substr(bar + 3)});
            return "";
        }
        Names found =
            line[0] == '?' ? find(rest) : names(must(m_store->keyword(fullTextPhrase(rest), 9, {}, {})));
        std::sort(found.begin(), found.end());
        std::string text = line + " ->";
        for (const std::string& name : found) text += " " + name.substr(0, name.find(':'));
        return text + "\n";
    }
};

TEST_F(FullTextTest, GoldenCases) {
    test::checkGolden("store", [this](const std::string& input) {
        m_store.reset();
        for (const char* name : {"index.db", "index.db-wal", "index.db-shm"})
            std::filesystem::remove(m_folder / name);
        m_store = open();
        std::string answers = play(input);
        expectSound();
        return answers;
    });
}

TEST_F(FullTextTest, BestFirstWithPositiveScores) {
    put("/a", "A", {"sheep sheep sheep", "sheep and many other animals that graze here"});
    put("/b", "B", {"goats"});
    const auto hits = must(m_store->keyword("\"sheep\"", 10, std::nullopt, {}));
    ASSERT_EQ(hits.size(), 2u);
    EXPECT_GT(hits[0].bm25, hits[1].bm25);
    EXPECT_GT(hits[1].bm25, 0);  // although most passages hold the word
    EXPECT_EQ(names(hits), (Names{"A:0", "A:1"}));
    EXPECT_EQ(must(m_store->keyword("\"sheep\"", 1, std::nullopt, {})).size(), 1u);
    EXPECT_TRUE(must(m_store->keyword("\"sheep\"", 0, std::nullopt, {})).empty());
    EXPECT_TRUE(must(m_store->keyword("", 5, std::nullopt, {})).empty());
}

TEST_F(FullTextTest, HeadingsAndTitlesCountByTheirWeight) {
    put("/a", "Penguin", {"about a bird"});
    put("/b", "Bird", {"about a penguin"});
    const auto first = [&](const KeywordWeights& weights) {
        return names(must(m_store->keyword("\"penguin\"", 2, std::nullopt, weights))).at(0);
    };
    EXPECT_EQ(first({1, 5}), "Penguin:0");
    EXPECT_EQ(first({5, 1}), "Bird:0");
}

TEST_F(FullTextTest, TiesFollowHashAndOrdinalNotTheOrderOfArrival) {
    const auto order = [&](std::vector<std::string> titles) {
        m_store.reset();
        std::filesystem::remove(file());
        m_store = open();
        for (const std::string& title : titles) put("/" + title, title, {"equal words", "equal words"});
        return names(must(m_store->keyword("\"equal\"", 3, std::nullopt, {})));
    };
    const Names forward = order({"a", "b", "c"});
    EXPECT_EQ(forward, order({"c", "a", "b"}));
    EXPECT_EQ(forward.size(), 3u);
    EXPECT_EQ(forward[0].substr(0, 1), forward[1].substr(0, 1));  // both chunks of the lowest hash
    EXPECT_EQ(forward[0].back(), '0');
}

TEST_F(FullTextTest, OnlyAmongTheGivenDocuments) {
    const DocumentId a = put("/a", "A", {"word one", "word two"}), b = put("/b", "B", {"word three"});
    put("/c", "C", {"word four"});
    EXPECT_EQ(find("word", std::vector{b}), Names{"B:0"});
    EXPECT_EQ(find("word", std::vector{a, b}).size(), 3u);
    EXPECT_EQ(find("word", std::vector<DocumentId>{}), Names());
    EXPECT_EQ(find("word", std::vector<DocumentId>{777}), Names());
    EXPECT_EQ(find("word").size(), 4u);
}

TEST_F(FullTextTest, MissingFilesAreLeftOutOfflineOnesAreNot) {
    const DocumentId a = put("/a", "A", {"word"});
    put("/b", "B", {"word"});
    put("/c", "C", {"word"});
    must(m_store->setPathState(Names{"/a"}, PathState::Missing));
    must(m_store->setPathState(Names{"/b"}, PathState::Offline));
    Names found = find("word");
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, (Names{"B:0", "C:0"}));
    must(m_store->pointPath(test::at("/copy of a"), a));  // one place is enough
    EXPECT_EQ(find("word").size(), 3u);
}

TEST_F(FullTextTest, MalformedExpressionsAreTheCallersFault) {
    for (const char* match : {"\"open", "AND", "nocolumn:word", "(", "NEAR("})
        EXPECT_EQ(m_store->keyword(match, 5, std::nullopt, {}).error().code(), ErrorCode::InvalidArgument)
            << match;
    EXPECT_EQ(m_store->documentFrequencies(Names{"\"open"}).error().code(), ErrorCode::InvalidArgument);
}

TEST_F(FullTextTest, HostileQueriesNeverFail) {
    put("/a", "A", {"word"});
    std::mt19937 random(5);
    std::string alphabet = "\"*()^:-+{}ANDORNOT \n'\\;w队ไé\xFF\xE4";
    alphabet += '\0';
    for (int i = 0; i < 2000; ++i) {
        std::string query;
        for (int n = static_cast<int>(random() % 12); n > 0; --n)
            query += alphabet[random() % alphabet.size()];
        EXPECT_TRUE(m_store->keyword(fullTextPhrase(query), 5, std::nullopt, {})) << query;
        EXPECT_NO_THROW(find(query)) << query;
    }
}

TEST_F(FullTextTest, FrequenciesCountPassages) {
    put("/a", "A", {"red red", "red green", "blue"});
    const auto counts = must(m_store->documentFrequencies(Names{"\"red\"", "\"blue\"", "\"pink\"", ""}));
    EXPECT_EQ(counts, (std::vector<std::int64_t>{2, 1, 0, 0}));
}

/// The product's target is 20 ms for six words at 100,000 passages; this prints what a tenth of that takes.
TEST_F(FullTextTest, TimeOfAWideSearchIsPrinted) {
    std::mt19937 random(7);
    const auto word = [&] { return "w" + std::to_string(static_cast<int>(20000 / (1 + random() % 20000))); };
    must(m_store->database().transact([&]() -> Result<void> {
        for (int d = 0; d < 100; ++d) {
            Names texts(100);
            for (std::string& text : texts)
                for (int i = 0; i < 60; ++i)
                    text += word() + (random() % 2 ? " a" : " b") + std::to_string(random() % 5000) + " ";
            put("/" + std::to_string(d), "D", texts);
        }
        return {};
    }));
    const base::Stopwatch watch;
    const auto hits =
        must(m_store->keyword("\"w3\" OR \"w10\" OR \"w40\" OR \"a7\" OR \"b9\" OR \"w5000\"", 200, {}, {}));
    std::printf("[          ] six words, 10,000 passages: %.1f ms, %zu hits\n", watch.milliseconds(),
                hits.size());
    EXPECT_EQ(hits.size(), 200u);
}

}  // namespace
}  // namespace commonplace::store
