#include "engine/eval/corpus_index.h"

#include <gtest/gtest.h>

#include "tests/fakes/fake_embedder.h"
#include "tests/support/temp_folder.h"

namespace commonplace::eval {
namespace {

class CorpusIndexTest : public testing::Test {
  protected:
    std::unique_ptr<CorpusIndex> build(const std::vector<CorpusDocument>& documents, CorpusIndex::With with) {
        const RetrievalTools tools{m_embedder, m_pool, m_folder.path()};
        auto index = CorpusIndex::build(documents, with, tools, {}, {});
        if (!index) ADD_FAILURE() << index.error().message();
        return index ? std::move(*index) : nullptr;
    }
    retrieve::Results search(const CorpusIndex& index, const std::string& text, retrieve::Mode mode) {
        retrieve::Query query;
        query.text = text;
        query.mode = mode;
        auto results = index.retriever().search(query);
        if (!results) ADD_FAILURE() << results.error().message();
        return results ? std::move(*results) : retrieve::Results();
    }

    test::TempFolder m_folder;
    test::FakeEmbedder m_embedder;
    base::ThreadPool m_pool{2};
};

TEST_F(CorpusIndexTest, FindsTitlesAndTexts) {
    const auto index = build({{"x", "A title", "Some text about engines."}, {"y", "", "Nothing."}},
                             CorpusIndex::With::Words);
    for (const char* text : {"title", "engines"}) {
        const auto results = search(*index, text, retrieve::Mode::Keyword);
        ASSERT_EQ(results.passages.size(), 1u) << text;
        EXPECT_EQ(index->idOf(results.passages[0].document.id), "x");
    }
    EXPECT_EQ(m_embedder.calls(), 0u);
}

TEST_F(CorpusIndexTest, DoesNotRepeatATitleThatTheTextBeginsWith) {
    const auto index = build({{"x", "Engines", "Engines of today."}}, CorpusIndex::With::Words);
    EXPECT_EQ(search(*index, "engines", retrieve::Mode::Keyword).passages.at(0).chunk.text,
              "Engines of today.");
}

TEST_F(CorpusIndexTest, EmbedsEverything) {
    std::vector<CorpusDocument> documents;
    for (int i = 0; i < 700; ++i)
        documents.push_back({std::to_string(i), "", "Paragraph about number" + std::to_string(i)});
    const auto index = build(documents, CorpusIndex::With::WordsAndVectors);
    const auto results = search(*index, "number357", retrieve::Mode::Semantic);
    ASSERT_FALSE(results.passages.empty());
    EXPECT_EQ(index->idOf(results.passages[0].document.id), "357");
    EXPECT_EQ(results.coverage.documents, 700);
    EXPECT_EQ(results.coverage.withVectors, 700);
}

TEST_F(CorpusIndexTest, FileNamesOfTheScratchMeanNothing) {
    const auto index = build({{"a", "", "one fact"}, {"b", "", "two fact"}}, CorpusIndex::With::Words);
    const auto plain = search(*index, "fact", retrieve::Mode::Keyword);
    const auto numbered = search(*index, "fact 1 - corpus", retrieve::Mode::Keyword);
    ASSERT_EQ(plain.passages.size(), 2u);
    ASSERT_EQ(numbered.passages.size(), 2u);
    EXPECT_DOUBLE_EQ(numbered.passages[0].score, numbered.passages[1].score);
}

TEST_F(CorpusIndexTest, BearsBytesThatAreNoText) {
    const auto index =
        build({{"a", "\xFF", std::string("bad \xC3 bytes\0 here", 17)}}, CorpusIndex::With::WordsAndVectors);
    EXPECT_EQ(search(*index, "bytes", retrieve::Mode::Keyword).passages.size(), 1u);
}

}  // namespace
}  // namespace commonplace::eval
