#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>

#include "engine/eval/corpus_index.h"
#include "engine/eval/eval.h"
#include "tests/fakes/fake_embedder.h"
#include "tests/support/temp_folder.h"

namespace commonplace::eval {
namespace {

using testing::Contains;
using testing::HasSubstr;

class EvalRetrieval : public testing::Test {
  protected:
    RetrievalTask taskOf(const std::string& corpus, const std::string& queries, const std::string& qrels) {
        return {m_folder.write("corpus.jsonl", corpus),
                m_folder.write("queries.jsonl", queries),
                m_folder.write("qrels.tsv", qrels),
                "",
                {retrieve::Mode::Keyword, retrieve::Mode::Semantic, retrieve::Mode::Hybrid}};
    }
    Result<std::vector<RetrievalReport>> run(const RetrievalTask& task, std::stop_token stop = {}) {
        const test::TempFolder scratch;
        const RetrievalTools tools{m_embedder, m_pool, scratch.path()};
        return evalRetrieval(
            task, tools, [this](const EvalProgress& p) { m_steps.push_back(p.step); }, stop);
    }

    test::TempFolder m_folder;
    test::FakeEmbedder m_embedder{{{"vacation", "leave"}}};
    base::ThreadPool m_pool{2};
    std::vector<std::string> m_steps;
};

constexpr const char* kCorpus =
    "{\"id\": \"1\", \"title\": \"Leave\", \"text\": \"Thirty days of annual leave.\"}\n"
    "{\"id\": \"2\", \"title\": \"Cars\", \"text\": \"Vehicles are inspected.\"}\n"
    "{\"id\": \"3\", \"title\": \"\", \"text\": \"\"}\n"
    "{\"id\": \"4\", \"title\": \"Cars\", \"text\": \"Vehicles are inspected.\"}\n";

TEST_F(EvalRetrieval, MeasuresEveryMode) {
    const auto task = taskOf(
        kCorpus, "{\"id\": \"q1\", \"text\": \"annual leave\"}\n{\"id\": \"q2\", \"text\": \"vacation\"}\n",
        "q1\t1\t1\nq2\t1\t1\n");
    const auto reports = run(task);
    ASSERT_TRUE(reports) << reports.error().message();
    ASSERT_EQ(reports->size(), 3u);
    const RetrievalReport& keyword = (*reports)[0];
    EXPECT_EQ(keyword.mode, retrieve::Mode::Keyword);
    EXPECT_EQ(keyword.ndcg10PerQuery, (std::vector<double>{1, 0}));
    EXPECT_DOUBLE_EQ(keyword.ndcg10, 0.5);
    EXPECT_DOUBLE_EQ(keyword.recall100, 0.5);
    EXPECT_EQ(keyword.queries, 2u);
    EXPECT_EQ(keyword.documents, 4u);
    EXPECT_GT(keyword.p50Ms, 0);
    EXPECT_GE(keyword.p95Ms, keyword.p50Ms);
    EXPECT_DOUBLE_EQ((*reports)[1].ndcg10, 1);
    EXPECT_DOUBLE_EQ((*reports)[2].mrr, 1);
    EXPECT_THAT(m_steps, Contains("indexing"));
    EXPECT_THAT(m_steps, Contains("embedding"));
    EXPECT_THAT(m_steps, Contains("searching, hybrid"));
}

TEST_F(EvalRetrieval, KeepsDocumentsOfEqualTextApart) {
    auto task = taskOf(kCorpus, "{\"id\": \"q\", \"text\": \"vehicles\"}", "q\t4\t1\n");
    task.modes = {retrieve::Mode::Keyword};
    const auto reports = run(task);
    ASSERT_TRUE(reports) << reports.error().message();
    EXPECT_DOUBLE_EQ((*reports)[0].recall10, 1);
    EXPECT_DOUBLE_EQ((*reports)[0].mrr, 0.5) << "ties go by the document's id";
    EXPECT_EQ(m_embedder.calls(), 0u) << "words need no vectors";
}

TEST_F(EvalRetrieval, CountsWhatIsRelevantButNotThere) {
    auto task = taskOf(kCorpus, "{\"id\": \"q\", \"text\": \"annual\"}", "q\t1\t1\nq\tabsent\t1\n");
    task.modes = {retrieve::Mode::Keyword};
    const auto reports = run(task);
    ASSERT_TRUE(reports);
    EXPECT_DOUBLE_EQ((*reports)[0].recall100, 0.5);
    EXPECT_DOUBLE_EQ((*reports)[0].map, 0.5);
}

TEST_F(EvalRetrieval, HandsErrorsOn) {
    const auto bad = run(
        taskOf("{\"id\": 1, \"text\": \"a\"}\nnonsense", "{\"id\": \"q\", \"text\": \"a\"}", "q\t1\t1\n"));
    ASSERT_FALSE(bad);
    EXPECT_THAT(bad.error().message(), HasSubstr("corpus.jsonl line 2"));
    std::stop_source stop;
    stop.request_stop();
    const auto stopped =
        run(taskOf(kCorpus, "{\"id\": \"q\", \"text\": \"annual\"}", "q\t1\t1\n"), stop.get_token());
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code(), ErrorCode::Cancelled);
}

/// A slice of a real collection: quality that would be lost here is lost everywhere. 120 English paragraphs,
/// 612 questions.
TEST_F(EvalRetrieval, FindsTheParagraphsOfXquad) {
    const char* chosen = std::getenv("COMMONPLACE_TEST_DATA");
    const std::filesystem::path data =
        chosen != nullptr ? chosen : std::filesystem::path(COMMONPLACE_TEST_DIR) / "../../shared/data";
    const auto folder = data / "xquad";
    if (!std::filesystem::exists(folder / "corpus.jsonl"))
        GTEST_SKIP() << "no xquad in " << data << " (COMMONPLACE_TEST_DATA)";
    for (const auto& [prefix, least] :
         std::vector<std::pair<std::string, double>>{{"en-", 0.96}, {"zh-", 0.94}, {"th-", 0.95}}) {
        const auto reports = run({folder / "corpus.jsonl",
                                  folder / "queries.jsonl",
                                  folder / "qrels.tsv",
                                  prefix,
                                  {retrieve::Mode::Keyword}});
        ASSERT_TRUE(reports) << reports.error().message();
        EXPECT_EQ((*reports)[0].queries, 612u);
        EXPECT_GE((*reports)[0].ndcg10, least) << prefix;
    }
}

}  // namespace
}  // namespace commonplace::eval
