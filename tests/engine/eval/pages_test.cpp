#include <gmock/gmock.h>

#include "engine/eval/eval.h"
#include "tests/engine/retrieve/small_library.h"

namespace commonplace::eval {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

TEST(ReadPageQuestions, TakesAnswerableAndOthers) {
    const test::TempFolder folder;
    const auto file =
        folder.write("q.jsonl",
                     "{\"id\": \"a\", \"question\": \"Where?\", \"doc\": \"x.pdf\", \"pages\": [3, 4]}\n"
                     "{\"id\": \"b\", \"question\": \"Why?\", \"doc\": null, \"pages\": []}\n");
    const auto questions = readPageQuestions(file);
    ASSERT_TRUE(questions) << questions.error().message();
    ASSERT_EQ(questions->size(), 2u);
    EXPECT_EQ((*questions)[0].document, "x.pdf");
    EXPECT_EQ((*questions)[0].pages, (std::vector<int>{3, 4}));
    EXPECT_TRUE((*questions)[1].pages.empty());
}

TEST(ReadPageQuestions, SaysWhatIsWrong) {
    const test::TempFolder folder;
    const auto errorOf = [&](const std::string& content) {
        const auto questions = readPageQuestions(folder.write("q.jsonl", content));
        return questions ? "" : questions.error().message();
    };
    EXPECT_THAT(errorOf("{\"id\": \"a\"}"), EndsWith("q.jsonl line 1: there is no \"question\""));
    EXPECT_THAT(errorOf("{\"id\": \"a\", \"question\": \"?\", \"pages\": [1]}"),
                EndsWith("there are pages, but no \"doc\""));
    EXPECT_THAT(errorOf("{\"id\": \"a\", \"question\": \"?\", \"pages\": \"1\"}"),
                HasSubstr("\"pages\" must be an array"));
}

class EvalPages : public testing::Test {
  protected:
    EvalPages() {
        m_library.add({"/a/one.pdf", "", {page("apple"), page("pear"), page("plum")}});
        m_library.add({"/b/two.pdf", "", {page("apple tart"), page("quince")}});
    }
    /// A page that fills a passage, so that page numbers can be told apart.
    static std::string page(const std::string& word) {
        std::string text;
        for (int i = 0; i < 35; ++i) text += "The " + word + " is item number " + std::to_string(i) + ". ";
        return text;
    }
    Result<PageReport> run(const std::vector<PageQuestion>& questions, Scope scope = Scope::Library) {
        return evalPages(questions, m_library.retriever(), m_library.store(), 10, scope, {});
    }
    test::SmallLibrary m_library;
};

TEST_F(EvalPages, CountsHitsByDepth) {
    const auto report =
        run({{"1", "plum", "one.pdf", {3}}, {"2", "quince", "two.pdf", {7}}, {"3", "?", "one.pdf", {}}});
    ASSERT_TRUE(report) << report.error().message();
    EXPECT_EQ(report->questions, 2u) << "one without pages is left out";
    EXPECT_DOUBLE_EQ(report->hit1, 0.5);
    EXPECT_DOUBLE_EQ(report->documentHit10, 1);
}

TEST_F(EvalPages, WantsTheRightDocument) {
    const auto report = run({{"1", "pear", "two.pdf", {2}}});
    ASSERT_TRUE(report);
    EXPECT_DOUBLE_EQ(report->hit10, 0);
    EXPECT_DOUBLE_EQ(report->documentHit10, 0);
}

TEST_F(EvalPages, MayAskTheDocumentAlone) {
    const std::vector<PageQuestion> questions{{"1", "apple", "one.pdf", {1}}};
    const auto own = run(questions, Scope::OwnDocument);
    ASSERT_TRUE(own) << own.error().message();
    EXPECT_DOUBLE_EQ(own->hit1, 1);
}

TEST_F(EvalPages, SaysWhichDocumentIsNotThere) {
    const auto report = run({{"q7", "apple", "absent.pdf", {1}}});
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code(), ErrorCode::NotFound);
    EXPECT_THAT(report.error().message(), HasSubstr("q7"));
    EXPECT_THAT(report.error().message(), HasSubstr("absent.pdf"));
}

TEST_F(EvalPages, IsZeroForNoQuestions) {
    const auto report = run({});
    ASSERT_TRUE(report);
    EXPECT_EQ(report->questions, 0u);
    EXPECT_EQ(report->hit5, 0);
}

}  // namespace
}  // namespace commonplace::eval
