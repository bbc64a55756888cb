#include "engine/eval/data_set.h"

#include <gmock/gmock.h>

#include "tests/support/temp_folder.h"

namespace commonplace::eval {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::SizeIs;

class DataSet : public testing::Test {
  protected:
    std::string corpusError(const std::string& content) {
        const auto documents = readCorpus(m_folder.write("corpus.jsonl", content), "");
        return documents ? "" : documents.error().message();
    }
    Result<std::vector<JudgedQuery>> judged(const std::string& queries, const std::string& qrels,
                                            const std::string& prefix = "") {
        return readJudgedQueries(m_folder.write("queries.jsonl", queries), m_folder.write("qrels.tsv", qrels),
                                 prefix);
    }
    std::string judgedError(const std::string& queries, const std::string& qrels,
                            const std::string& prefix = "") {
        const auto result = judged(queries, qrels, prefix);
        return result ? "" : result.error().message();
    }
    test::TempFolder m_folder;
};

constexpr const char* kQueries =
    "{\"id\": \"en-1\", \"text\": \"one\"}\n{\"id\": \"de-1\", \"text\": \"eins\"}\n{\"id\": \"en-2\", "
    "\"text\": \"two\"}\n";

TEST_F(DataSet, ReadsACorpus) {
    const auto file = m_folder.write(
        "c.jsonl",
        "{\"id\": \"en-1\", \"title\": \"T\", \"text\": \"x\"}\n{\"id\": \"de-1\", \"text\": \"\"}\n");
    const auto all = readCorpus(file, "");
    ASSERT_TRUE(all);
    ASSERT_THAT(*all, SizeIs(2));
    EXPECT_EQ((*all)[0].title, "T");
    EXPECT_EQ((*all)[1].text, "");
    const auto some = readCorpus(file, "de-");
    ASSERT_TRUE(some);
    ASSERT_THAT(*some, SizeIs(1));
    EXPECT_EQ((*some)[0].id, "de-1");
}

TEST_F(DataSet, SaysWhatIsWrongWithACorpus) {
    EXPECT_THAT(corpusError("{\"id\": \"1\", \"text\": \"a\"}\n{\"id\": \"1\", \"text\": \"b\"}"),
                EndsWith("corpus.jsonl line 2: the id 1 was there before"));
    EXPECT_THAT(corpusError("{\"id\": \"1\"}"), EndsWith("line 1: there is no \"text\""));
    EXPECT_THAT(corpusError("{\"text\": \"a\"}"), EndsWith("there is no \"id\""));
    EXPECT_THAT(corpusError("nonsense"), EndsWith("line 1: this is not valid JSON"));
}

TEST_F(DataSet, TakesEveryJudgedQuery) {
    const auto queries = judged(kQueries, "en-1\td1\t2\nen-1\td2\t0\nen-2\td3\t-1\nde-1\td4\t1\n");
    ASSERT_TRUE(queries);
    ASSERT_THAT(*queries, SizeIs(2)) << "en-2 has no relevant document";
    EXPECT_EQ((*queries)[0].id, "en-1");
    EXPECT_EQ((*queries)[0].judgements, (Judgements{{"d1", 2}, {"d2", 0}}));
    EXPECT_EQ((*queries)[1].text, "eins");
}

TEST_F(DataSet, KeepsToThePrefixOnBothSides) {
    const auto queries = judged(kQueries, "en-1\ten-d\t1\r\nen-1\tde-d\t1\r\nde-1\tde-d\t1\r\n", "en-");
    ASSERT_TRUE(queries);
    ASSERT_THAT(*queries, SizeIs(1));
    EXPECT_EQ((*queries)[0].judgements, (Judgements{{"en-d", 1}}));
}

TEST_F(DataSet, SaysWhatIsWrongWithJudgements) {
    EXPECT_THAT(judgedError(kQueries, "en-1\td1\n"),
                HasSubstr("qrels.tsv line 1: expected query, document and a whole number"));
    EXPECT_THAT(judgedError(kQueries, "en-1\td1\t1\nen-1\td1\tgood\n"), HasSubstr("line 2"));
    EXPECT_THAT(judgedError(kQueries, "en-1\td1\t99999999999\n"), HasSubstr("line 1"));
    EXPECT_THAT(judgedError(kQueries, "xx\td1\t1\n"), HasSubstr("the judged query xx is not in"));
    EXPECT_THAT(judgedError(kQueries, ""), HasSubstr("has a relevant document"));
    EXPECT_THAT(judgedError(kQueries, "en-1\td1\t1\n", "fr-"), HasSubstr("\"fr-\""));
    EXPECT_THAT(judgedError("{\"id\": 1}", "1\td\t1\n"), HasSubstr("queries.jsonl line 1"));
}

}  // namespace
}  // namespace commonplace::eval
