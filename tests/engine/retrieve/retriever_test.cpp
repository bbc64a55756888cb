#include "engine/retrieve/retriever.h"

#include <gmock/gmock.h>

#include "tests/engine/retrieve/small_library.h"

namespace commonplace::retrieve {
namespace {

using test::namesOf;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

Query queryFor(const std::string& text, Mode mode = Mode::Keyword) {
    Query query;
    query.text = text;
    query.mode = mode;
    return query;
}

class RetrieverTest : public testing::Test {
  protected:
    RetrieverTest() {
        m_library.add({"/docs/leave.md", "", {"Every employee has thirty days of annual leave."}});
        m_library.add(
            {"/docs/pay.md", "", {"The wage is paid monthly, and every employee may ask for an advance."}});
        m_library.add({"/home/cars.md", "", {"The vehicle must be inspected every two years."}});
        m_library.add(
            {"/home/billing.md", "", {"Balance billing is not allowed. A balance stays on the bill."}});
    }
    test::SmallLibrary m_library;
    test::FakeEmbedder m_embedder{test::synonyms()};
};

TEST_F(RetrieverTest, FindsByWord) {
    const Results results = m_library.search("annual leave");
    EXPECT_THAT(namesOf(results), ElementsAre("leave.md"));
    EXPECT_EQ(results.query, "annual leave");
    EXPECT_THAT(results.terms, ElementsAre("annual", "leav"));
    EXPECT_EQ(results.semanticWeight, 0);
    const Passage& passage = results.passages.front();
    EXPECT_DOUBLE_EQ(passage.score, 1);
    EXPECT_GT(passage.parts.bm25.value_or(0), 0);
    EXPECT_EQ(passage.parts.cosine, std::nullopt);
    EXPECT_DOUBLE_EQ(passage.parts.keyword, 1);
    EXPECT_EQ(passage.snippet, "Every employee has thirty days of annual leave.");
    EXPECT_EQ(passage.marks.size(), 2u);
}

TEST_F(RetrieverTest, FindsByMeaningWhatNoWordFinds) {
    m_library.embed(m_embedder);
    const Results results = m_library.search("vacation", Mode::Hybrid);
    ASSERT_FALSE(results.passages.empty());
    EXPECT_EQ(namesOf(results).front(), "leave.md");
    EXPECT_EQ(results.passages.front().parts.bm25, std::nullopt);
    EXPECT_GT(results.passages.front().parts.cosine.value_or(0), 0.3);
    EXPECT_DOUBLE_EQ(results.semanticWeight, 0.3);
    EXPECT_FALSE(results.passages.front().snippet.empty());
}

TEST_F(RetrieverTest, SemanticScoresAreCosines) {
    m_library.embed(m_embedder);
    const Results results = m_library.search("salary", Mode::Semantic);
    ASSERT_FALSE(results.passages.empty());
    EXPECT_EQ(namesOf(results).front(), "pay.md");
    EXPECT_DOUBLE_EQ(results.passages.front().score, results.passages.front().parts.cosine.value());
    EXPECT_EQ(results.passages.front().parts.bm25, std::nullopt);
}

TEST_F(RetrieverTest, HybridWithAffinityZeroIsTheKeywordOrder) {
    test::FakeEmbedder stranger;
    stranger.setAffinity(0);
    m_library.embed(stranger);
    for (const char* text : {"employee leave", "balance every bill", "employee"})
        EXPECT_EQ(namesOf(m_library.search(text, Mode::Hybrid)),
                  namesOf(m_library.search(text, Mode::Keyword)))
            << text;
    EXPECT_THAT(m_library.search("vacation", Mode::Hybrid).passages, IsEmpty())
        << "no word, and a model that does not know";
}

TEST_F(RetrieverTest, WorksWithoutVectors) {
    EXPECT_THAT(namesOf(m_library.search("vehicle", Mode::Hybrid)), ElementsAre("cars.md"));
    const auto semantic = m_library.retriever().search(queryFor("vehicle", Mode::Semantic));
    ASSERT_FALSE(semantic);
    EXPECT_EQ(semantic.error().code(), ErrorCode::InvalidArgument);
}

TEST_F(RetrieverTest, DoesNotPunishWhatWaitsForItsVector) {
    m_library.embed(m_embedder);
    m_library.add({"/docs/new.md", "", {"annual annual leave leave"}});
    const Results results = m_library.search("annual leave", Mode::Hybrid);
    EXPECT_EQ(namesOf(results).front(), "new.md");
    EXPECT_EQ(results.passages.front().parts.cosine, std::nullopt);
    EXPECT_EQ(results.coverage.documents, 5);
    EXPECT_EQ(results.coverage.withVectors, 4);
}

TEST_F(RetrieverTest, KeepsToFoldersAndDocuments) {
    Query query = queryFor("every");
    query.text = "every employee";
    query.within = {"/home"};
    EXPECT_THAT(namesOf(m_library.search(query)), IsEmpty());
    query.text = "inspected employee";
    EXPECT_THAT(namesOf(m_library.search(query)), ElementsAre("cars.md"));
    query.within = {"/home", "/docs/pay.md"};
    EXPECT_THAT(namesOf(m_library.search(query)), UnorderedElementsAre("cars.md", "pay.md"));
    m_library.embed(m_embedder);
    query.mode = Mode::Semantic;
    query.text = "vacation";
    EXPECT_THAT(namesOf(m_library.search(query)), Not(Contains("leave.md")));
}

TEST_F(RetrieverTest, SaysWhenAPlaceHoldsNothing) {
    Query query = queryFor("employee");
    query.within = {"/nowhere"};
    const auto results = m_library.retriever().search(query);
    ASSERT_FALSE(results);
    EXPECT_EQ(results.error().code(), ErrorCode::NotFound);
    EXPECT_NE(results.error().message().find("/nowhere"), std::string::npos);
}

TEST_F(RetrieverTest, RequiresPhrasesInEveryMode) {
    m_library.embed(m_embedder);
    for (const Mode mode : {Mode::Keyword, Mode::Hybrid, Mode::Semantic}) {
        EXPECT_THAT(namesOf(m_library.search("\"balance billing\" employee", mode)),
                    ElementsAre("billing.md"));
        EXPECT_THAT(namesOf(m_library.search("employee -advance", mode)), Not(Contains("pay.md")));
    }
}

TEST_F(RetrieverTest, RelaxesAPhraseThatStandsNowhere) {
    const Results results = m_library.search("\"billing balance\"");
    EXPECT_TRUE(results.relaxed);
    EXPECT_THAT(namesOf(results), ElementsAre("billing.md"));
    EXPECT_FALSE(m_library.search("\"balance billing\"").relaxed);
    EXPECT_FALSE(m_library.search("\"absent nowhere\"").relaxed);
}

TEST_F(RetrieverTest, AnswersStopWordsAlone) {
    EXPECT_THAT(namesOf(m_library.search("the")), UnorderedElementsAre("pay.md", "cars.md", "billing.md"));
    EXPECT_THAT(m_library.search("the").ignored, IsEmpty());
    EXPECT_THAT(m_library.search("the leave").ignored, ElementsAre("the"));
}

TEST_F(RetrieverTest, LeavesOutMissingDocuments) {
    m_library.embed(m_embedder);
    test::must(m_library.store().setPathState(std::vector<std::string>{"/docs/leave.md"},
                                              store::PathState::Missing));
    EXPECT_THAT(namesOf(m_library.search("annual leave vacation", Mode::Hybrid)), Not(Contains("leave.md")));
    EXPECT_THAT(namesOf(m_library.search("vacation", Mode::Semantic)), Not(Contains("leave.md")));
}

TEST_F(RetrieverTest, CarriesWordsOfTheQuestionBefore) {
    Query query = queryFor("employee");
    query.carriedWords = {"advance"};
    EXPECT_THAT(namesOf(m_library.search(query)), ElementsAre("pay.md", "leave.md"));
}

TEST_F(RetrieverTest, RefusesAnEmptyQuery) {
    for (const char* text : {"", "  \n\t"}) {
        const auto results = m_library.retriever().search(queryFor(text));
        ASSERT_FALSE(results);
        EXPECT_EQ(results.error().code(), ErrorCode::InvalidArgument);
    }
}

TEST_F(RetrieverTest, StopsWhenAsked) {
    std::stop_source stop;
    stop.request_stop();
    const auto results = m_library.retriever().search(queryFor("employee"), stop.get_token());
    ASSERT_FALSE(results);
    EXPECT_EQ(results.error().code(), ErrorCode::Cancelled);
}

TEST_F(RetrieverTest, BearsHostileQueries) {
    m_library.embed(m_embedder);
    std::string megabyte;
    while (megabyte.size() < (1u << 20))
        megabyte += "employee NEAR(\"leave -\" * " + std::to_string(megabyte.size()) + " ";
    const std::vector<std::string> hostile{"\"",
                                           "\"\"",
                                           "NEAR(employee leave, 2)",
                                           "employee*",
                                           "*",
                                           "text:employee",
                                           "-",
                                           "--",
                                           "^employee",
                                           "(employee",
                                           "employee)",
                                           "a AND OR NOT b",
                                           "\"employee",
                                           "employee\"",
                                           "{text}: x",
                                           "'; DROP TABLE chunk; --",
                                           "😀",
                                           "😀 employee",
                                           std::string("em\0ployee", 9),
                                           std::string(1, '\0'),
                                           "\xFF\xC3",
                                           "\xED\xA0\x80",
                                           "\u202Eemployee",
                                           megabyte,
                                           std::string(1 << 20, 'x'),
                                           std::string(1 << 20, '"'),
                                           std::string(1 << 20, '-')};
    for (const std::string& text : hostile)
        for (const Mode mode : {Mode::Keyword, Mode::Hybrid, Mode::Semantic}) {
            const auto results = m_library.retriever().search(queryFor(text, mode));
            EXPECT_TRUE(results || results.error().code() == ErrorCode::InvalidArgument)
                << text.substr(0, 50) << ": " << results.error().message();
        }
    EXPECT_THAT(namesOf(m_library.search("employee*")), UnorderedElementsAre("leave.md", "pay.md"));
}

TEST_F(RetrieverTest, LimitsAndPools) {
    Query query = queryFor("every");
    query.text = "employee vehicle balance";
    query.limit = 2;
    EXPECT_EQ(m_library.search(query).passages.size(), 2u);
    query.limit = 0;
    EXPECT_EQ(m_library.search(query).passages.size(), 0u);
    query.limit = 100;
    query.pool = 1;
    EXPECT_EQ(m_library.search(query).passages.size(), 1u);
}

TEST(Retriever, OrdersTiesByContentWhateverTheOrderOfIndexing) {
    const std::vector<test::Text> texts{{"/a", "", {"needle number one"}},
                                        {"/b", "", {"needle number two"}},
                                        {"/c", "", {"needle number six"}}};
    test::SmallLibrary forth, back;
    for (const auto& text : texts) forth.add(text);
    for (auto text = texts.rbegin(); text != texts.rend(); ++text) back.add(*text);
    const test::FakeEmbedder embedder;
    forth.embed(embedder);
    back.embed(embedder);
    for (const Mode mode : {Mode::Keyword, Mode::Hybrid, Mode::Semantic})
        EXPECT_EQ(namesOf(forth.search("needle", mode)), namesOf(back.search("needle", mode)));
    EXPECT_EQ(forth.search("needle").passages[0].score, forth.search("needle").passages[2].score);
}

TEST(Retriever, FindsTextsInAnyScript) {
    test::SmallLibrary library;
    library.add({"/zh", "", {"卡罗来纳黑豹队在超级碗中输给了丹佛野马队。"}});
    library.add({"/ja", "", {"東京都は日本の首都であり、世界最大の都市の一つです。"}});
    library.add({"/ko", "", {"서울은 대한민국의 수도이자 최대 도시이다."}});
    library.add({"/th", "", {"กรุงเทพมหานครเป็นเมืองหลวงของประเทศไทย"}});
    library.add({"/hi", "", {"नई दिल्ली भारत की राजधानी है और यह बहुत बड़ा शहर है।"}});
    library.add({"/ru", "", {"Москва является столицей России и её крупнейшим городом."}});
    library.add({"/ar", "", {"القاهرة هي عاصمة مصر وأكبر مدنها."}});
    library.add({"/fr", "", {"L’aéroport d’Orly se trouve près de Paris."}});
    const std::vector<std::pair<std::string, std::string>> queries{
        {"黑豹", "zh"},    {"首都", "ja"},  {"대한민국", "ko"}, {"เมืองหลวง", "th"}, {"राजधानी", "hi"},
        {"столица", "ru"}, {"عاصمة", "ar"}, {"aeroport", "fr"}, {"l'Orly", "fr"}};
    for (const auto& [query, name] : queries) {
        const Results results = library.search(query);
        ASSERT_FALSE(results.passages.empty()) << query;
        EXPECT_EQ(namesOf(results).front(), name) << query;
        EXPECT_FALSE(results.passages.front().marks.empty()) << query;
    }
}

}  // namespace
}  // namespace commonplace::retrieve
