#include "engine/retrieve/passages.h"

#include <gtest/gtest.h>

#include "tests/engine/retrieve/small_library.h"

namespace commonplace::retrieve {
namespace {

std::string filler(const std::string& word, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += "The " + word + " number " + std::to_string(i) + " stands here. ";
    return text;
}

TEST(Passages, SayTheirPagesAndShowTheBetterOne) {
    test::SmallLibrary library;
    library.add({"/a.pdf", "", {filler("fish", 14), "Needle on page two. " + filler("bird", 3)}});
    const Passage passage = library.search("needle bird").passages.at(0);
    EXPECT_EQ(passage.page, 1);
    EXPECT_EQ(passage.pageLabel, "p1");
    EXPECT_EQ(passage.pageEnd, 2);
    EXPECT_EQ(passage.chunk.pageNumbers.at(passage.snippetSpan), 2);
    EXPECT_NE(passage.snippet.find("Needle on page two."), std::string::npos) << passage.snippet;
}

TEST(Passages, HaveNoPageInANote) {
    test::SmallLibrary library;
    library.add({"/a.md", "", {"A needle in a note."}});
    const Passage passage = library.search("needle").passages.at(0);
    EXPECT_EQ(passage.page, 0);
    EXPECT_EQ(passage.pageEnd, 0);
    EXPECT_EQ(passage.pageLabel, "");
    EXPECT_EQ(passage.rank, 1);
}

TEST(Passages, FoldDuplicatesIntoTheBest) {
    test::SmallLibrary library;
    library.add({"/a.md", "", {"The needle is sharp."}});
    library.add({"/b.md", "", {"The NEEDLE is  sharp"}});
    library.add({"/c.md", "", {"The needle is sharp, but another one."}});
    Query query;
    query.text = "sharp needle";
    query.mode = Mode::Keyword;
    const Results folded = library.search(query);
    ASSERT_EQ(folded.passages.size(), 2u);
    EXPECT_EQ(folded.passages[0].duplicates, 1);
    EXPECT_EQ(folded.passages[1].duplicates, 0);
    EXPECT_EQ(folded.passages[1].rank, 2);
    query.detail = Detail::Ranking;
    const Results all = library.search(query);
    EXPECT_EQ(all.passages.size(), 3u);
    EXPECT_EQ(all.passages[0].snippet, "");
}

TEST(Passages, FillTheLimitBehindDuplicates) {
    test::SmallLibrary library;
    for (int i = 0; i < 8; ++i) library.add({"/copy" + std::to_string(i), "", {"needle needle"}});
    for (int i = 0; i < 3; ++i)
        library.add({"/other" + std::to_string(i), "", {"needle with words " + std::to_string(i)}});
    Query query;
    query.text = "needle";
    query.mode = Mode::Keyword;
    query.limit = 3;
    const Results results = library.search(query);
    ASSERT_EQ(results.passages.size(), 3u);
    EXPECT_EQ(results.passages[0].duplicates, 7);
}

TEST(Passages, OfChunksThatWentMeanwhileAreLeftOut) {
    test::SmallLibrary library;
    library.add({"/a.md", "", {"needle one"}});
    const ParsedQuery query = parse("needle");
    auto candidates = unite(test::must(keywordHits(library.store(), {query, {}, 200, {}})), {});
    const DocumentRows documents = test::must(documentsOf(library.store(), candidates));
    const TermMatcher matcher(query, {1});
    test::must(library.store().removePaths(std::vector<std::string>{"/a.md"}));
    EXPECT_TRUE(test::must(passages(library.store(), {candidates, documents, matcher, 10, Detail::Full}, {}))
                    .empty());
}

/// Whatever stands on the pages, a snippet is found on one of the passage's.
TEST(Passages, HaveSnippetsThatStandOnTheirPages) {
    test::SmallLibrary library;
    for (int i = 0; i < 12; ++i) {
        std::vector<std::string> pages;
        for (int p = 0; p < 4; ++p)
            pages.push_back(filler("insur-\nance \u201Cbene\uFB01t\u201D", 2 + (i * 7 + p * 5) % 30) +
                            "\n\nneedle " + std::to_string(p * i));
        library.add({"/" + std::to_string(i) + ".pdf", "", pages});
    }
    Query query;
    query.text = "insurance benefit needle 6";
    query.mode = Mode::Keyword;
    query.limit = 50;
    const Results results = library.search(query);
    ASSERT_GT(results.passages.size(), 20u);
    for (const Passage& passage : results.passages) {
        const document::Span& span = passage.chunk.spans.at(passage.snippetSpan);
        const document::Page page = test::must(library.store().page(passage.document.id, span.page));
        EXPECT_NE(base::collapseSpace(page.text).find(passage.snippet), std::string::npos) << passage.snippet;
        EXPECT_FALSE(passage.snippet.empty());
        EXPECT_FALSE(passage.marks.empty()) << passage.snippet;
        EXPECT_LE(passage.page, page.number);
        EXPECT_LE(page.number, passage.pageEnd);
        EXPECT_LE(passage.pageEnd, passage.page + 1);
    }
}

/// A note in which one sentence, the needle, stands behind `before` others.
test::Text haystack(int before) {
    return {"/" + std::to_string(before) + ".md", "",
            {filler("fish", before) + "Behind them lies the needle of the harbour. " + filler("bird", 60)}};
}

Query forNeedle(Detail detail) {
    Query query;
    query.text = "needle harbour";
    query.mode = Mode::Keyword;
    query.detail = detail;
    return query;
}

TEST(Passages, ShowWhatNeighboursShareOnce) {
    int shared = 0;
    for (int before = 20; before < 60; ++before) {  // somewhere in there the needle lies in two chunks
        test::SmallLibrary library;
        library.add(haystack(before));
        if (library.search(forNeedle(Detail::Ranking)).passages.size() < 2) continue;
        ++shared;
        const Results shown = library.search(forNeedle(Detail::Full));
        ASSERT_EQ(shown.passages.size(), 1u) << before;
        EXPECT_EQ(shown.passages[0].duplicates, 1);
        EXPECT_NE(shown.passages[0].snippet.find("needle"), std::string::npos);
    }
    EXPECT_GT(shared, 0);
}

}  // namespace
}  // namespace commonplace::retrieve
