#include "engine/retrieve/filters.h"

#include <gmock/gmock.h>

#include <chrono>
#include <cstdlib>

#include "tests/engine/retrieve/small_library.h"

namespace commonplace::retrieve {
namespace {

using test::namesOf;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class FiltersTest : public testing::Test {
  protected:
    FiltersTest() {
        m_library.add(
            {"/home/annual reports/2019.pdf", "Budget of the year", {"The dome was painted.", "Saturn."}});
        m_library.add({"/home/annual reports/old/2018.PDF", "Accounts", {"The dome leaked.", "Rain."}});
        m_library.add({"/home/notes/dome_budget.md", "", {"The dome needs a key."}});
        m_library.add({"/home/notes/Ärger.txt", "Saturn", {"The dome is closed; Saturn rose."}});
    }

    std::vector<std::string> found(const std::string& query, Mode mode = Mode::Keyword) {
        return namesOf(m_library.search(query, mode));
    }

    test::SmallLibrary m_library;
    test::FakeEmbedder m_embedder{test::synonyms()};
};

TEST_F(FiltersTest, NarrowByFolder) {
    EXPECT_THAT(found("dome dir:notes"), UnorderedElementsAre("dome_budget.md", "Ärger.txt"));
    EXPECT_THAT(found("dome dir:\"annual reports\""), UnorderedElementsAre("2019.pdf", "2018.PDF"));
    EXPECT_THAT(found("dome dir:OLD"), ElementsAre("2018.PDF"));
    EXPECT_THAT(found("dome dir:\"annual reports/old\""), ElementsAre("2018.PDF"));
    EXPECT_THAT(found("dome dir:/home/notes"), UnorderedElementsAre("dome_budget.md", "Ärger.txt"));
    EXPECT_THAT(found("dome dir:/notes"), IsEmpty()) << "a leading slash means the root";
    EXPECT_THAT(found("dome dir:note"), IsEmpty()) << "whole names of folders only";
    EXPECT_THAT(found("dome dir:2019.pdf"), IsEmpty()) << "a file is no folder";
    EXPECT_THAT(found("dome dir:old dir:notes"),
                UnorderedElementsAre("2018.PDF", "dome_budget.md", "Ärger.txt"));
}

TEST_F(FiltersTest, NarrowByEnding) {
    EXPECT_THAT(found("dome ext:pdf"), UnorderedElementsAre("2019.pdf", "2018.PDF"));
    EXPECT_THAT(found("dome type:.MD"), ElementsAre("dome_budget.md"));
    EXPECT_THAT(found("dome ext:md ext:txt"), UnorderedElementsAre("dome_budget.md", "Ärger.txt"));
    EXPECT_THAT(found("dome -ext:pdf"), UnorderedElementsAre("dome_budget.md", "Ärger.txt"));
    EXPECT_THAT(found("dome -ext:pdf -ext:md"), ElementsAre("Ärger.txt"));
    EXPECT_THAT(found("dome type:text"), UnorderedElementsAre("dome_budget.md", "Ärger.txt"))
        << "the kind of file, as it was read";
}

TEST_F(FiltersTest, NarrowByTitleOrFileName) {
    EXPECT_THAT(found("dome title:budget"), UnorderedElementsAre("2019.pdf", "dome_budget.md"));
    EXPECT_THAT(found("dome title:bud"), UnorderedElementsAre("2019.pdf", "dome_budget.md"));
    EXPECT_THAT(found("dome title:udget"), IsEmpty());
    EXPECT_THAT(found("dome title:\"of the year\""), ElementsAre("2019.pdf"));
    EXPECT_THAT(found("dome title:budget title:year"), ElementsAre("2019.pdf"));
    EXPECT_THAT(found("dome title:ärger"), ElementsAre("Ärger.txt"));
    EXPECT_THAT(found("dome -title:budget"), UnorderedElementsAre("2018.PDF", "Ärger.txt"));
}

TEST_F(FiltersTest, NarrowHitsOfMeaning) {
    m_library.embed(m_embedder);
    for (const Mode mode : {Mode::Hybrid, Mode::Semantic}) {
        for (const std::string& name : found("dome ext:pdf", mode))
            EXPECT_TRUE(name.ends_with("pdf") || name.ends_with("PDF")) << name;
        EXPECT_FALSE(found("dome ext:pdf", mode).empty());
    }
}

TEST_F(FiltersTest, AgreeWithPlaces) {
    Query query;
    query.text = "dome ext:pdf";
    query.within = {"/home/annual reports/old"};
    EXPECT_THAT(namesOf(m_library.search(query)), ElementsAre("2018.PDF"));
    query.within = {"/home/notes"};
    EXPECT_THAT(namesOf(m_library.search(query)), IsEmpty());
}

TEST_F(FiltersTest, AloneListDocumentsByPath) {
    for (const Mode mode : {Mode::Keyword, Mode::Hybrid})
        EXPECT_THAT(found("dir:home", mode),
                    ElementsAre("2019.pdf", "2018.PDF", "dome_budget.md", "Ärger.txt"));
    EXPECT_THAT(found("title:budget -ext:md"), ElementsAre("2019.pdf"));
    EXPECT_THAT(found("dir:home -saturn"), ElementsAre("2018.PDF", "dome_budget.md"))
        << "documents that hold an excluded word nowhere";
    EXPECT_THAT(found("ext:docx"), IsEmpty());
    const Results results = m_library.search("title:accounts");
    ASSERT_EQ(results.passages.size(), 1u);
    EXPECT_EQ(results.passages[0].page, 1);
    EXPECT_EQ(results.passages[0].rank, 1);
    EXPECT_FALSE(results.passages[0].snippet.empty());
    Query two;
    two.text = "dir:home";
    two.limit = 2;
    EXPECT_THAT(namesOf(m_library.search(two)), ElementsAre("2019.pdf", "2018.PDF"));
}

TEST_F(FiltersTest, OfExclusionsAloneSayWhatToDo) {
    for (const char* text : {"-saturn", "-saturn -\"the dome\"", "  -saturn  "}) {
        Query query;
        query.text = text;
        const auto results = m_library.retriever().search(query);
        ASSERT_FALSE(results) << text;
        EXPECT_EQ(results.error().code(), ErrorCode::InvalidArgument);
        EXPECT_NE(results.error().message().find("add a word"), std::string::npos);
        EXPECT_EQ(results.error().message().find('\n'), std::string::npos);
    }
    EXPECT_THAT(found("\"-saturn\""), UnorderedElementsAre("2019.pdf", "Ärger.txt"));
}

TEST_F(FiltersTest, AreNeverSql) {
    for (const char* text : {"dir:' ext:pdf", "title:%", "dir:%", "title:_udget", "dir:\"' OR 1=1 --\"",
                             "dir:../notes", "ext:p*"})
        EXPECT_THAT(found(std::string("dome ") + text + " dir:nowhere"), IsEmpty()) << text;
}

TEST_F(FiltersTest, ForgetMissingFiles) {
    const std::vector<std::string> paths{"/home/notes/dome_budget.md"};
    test::must(m_library.store().setPathState(paths, store::PathState::Missing));
    EXPECT_THAT(found("dir:notes"), ElementsAre("Ärger.txt"));
}

}  // namespace
}  // namespace commonplace::retrieve
