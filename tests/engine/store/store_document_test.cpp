// Writing documents: identity, replacement, and full text that stays in step.
#include "engine/store/index_store.h"
#include "tests/engine/store/sample.h"

namespace commonplace::store {
namespace {

using test::at;
using test::must;
using test::passage;
using test::sampleDocument;
using Names = std::vector<std::string>;

class StoreDocumentTest : public test::StoreTest {};

TEST_F(StoreDocumentTest, EverythingComesBack) {
    NewDocument paper = sampleDocument("Zebras", {"striped horses graze", "lions wait nearby"});
    paper.content.pages[0].label = "iv";
    paper.content.pages[1].number = 2;
    paper.chunks[1].spans = {{0, 3, 20}, {1, 0, 5}};
    paper.chunks[1].heading = "Savanna › Predators";
    const DocumentId id = must(m_store->storeDocument(paper, at("/home/z.pdf")));

    const auto chunks = must(m_store->chunksOfDocument(id));
    ASSERT_EQ(chunks.size(), 2u);
    EXPECT_EQ(chunks[1].text, "lions wait nearby");
    EXPECT_EQ(chunks[1].heading, "Savanna › Predators");
    EXPECT_EQ(chunks[1].spans, paper.chunks[1].spans);
    EXPECT_EQ(chunks[1].pageNumbers, (std::vector{1, 2}));
    EXPECT_EQ(chunks[1].pageLabels, (Names{"iv", "p2"}));
    EXPECT_EQ(must(m_store->page(id, 1)).text, "lions wait nearby");
    EXPECT_EQ(m_store->page(id, 2).error().code(), ErrorCode::NotFound);
    const auto row = must(m_store->findBySha256(paper.sha256));
    ASSERT_TRUE(row);
    EXPECT_EQ(row->title, "Zebras");
    EXPECT_EQ(row->paths, Names{"/home/z.pdf"});
    EXPECT_EQ(row->extractor, "test-1");
    expectSound();
}

TEST_F(StoreDocumentTest, FullTextFollowsInsertReplaceDeleteAndRebuild) {
    put("/a", "A", {"apple pie", "cherry cake"});
    EXPECT_EQ(find("cherry"), Names{"A:1"});
    expectSound();
    put("/a", "A", {"apple pie", "plum cake"});  // the file was edited
    EXPECT_EQ(find("cherry"), Names());
    EXPECT_EQ(find("plum"), Names{"A:1"});
    EXPECT_EQ(find("apple"), Names{"A:0"});
    expectSound();
    must(m_store->rebuildFullText());
    EXPECT_EQ(find("plum"), Names{"A:1"});
    expectSound();
    must(m_store->removePaths(Names{"/a"}));
    EXPECT_EQ(find("apple plum"), Names());
    expectSound();
    put("/b", "B", {"apple tart"});  // ids do not drift after the newest document was deleted
    must(m_store->rebuildFullText());
    put("/c", "C", {"apple juice"});
    EXPECT_EQ(find("tart"), Names{"B:0"});
    EXPECT_EQ(find("juice"), Names{"C:0"});
    expectSound();
}

TEST_F(StoreDocumentTest, TheSameContentAgainReplacesIt) {
    NewDocument first = sampleDocument("Same", {"old extraction"});
    const DocumentId before = must(m_store->storeDocument(first, at("/one")));
    must(m_store->pointPath(at("/two"), before));
    NewDocument second = first;
    second.extractor = "test-2";
    second.chunks = {passage(0, "new extraction")};
    const DocumentId after = must(m_store->storeDocument(second, at("/one")));
    EXPECT_NE(after, before);
    EXPECT_EQ(find("old"), Names());
    EXPECT_EQ(find("new"), Names{"Same:0"});
    EXPECT_EQ(must(m_store->findBySha256(first.sha256))->paths, (Names{"/one", "/two"}));
    EXPECT_EQ(must(m_store->deletedAfter(0)).documents, std::vector{before});
    EXPECT_EQ(must(m_store->counts(0)).documents, 1);
    expectSound();
}

TEST_F(StoreDocumentTest, ApostrophesAndQuotesAreOnlyBytes) {
    put("/Bob's notes/it's.md", "Bob's \"notes\"", {"don't panic; DROP TABLE chunk; --"});
    EXPECT_EQ(find("don't"), Names{"Bob's \"notes\":0"});
    EXPECT_EQ(must(m_store->pathsUnder("/Bob's notes")).size(), 1u);
    must(m_store->removePaths(Names{"/Bob's notes/it's.md"}));
    EXPECT_EQ(must(m_store->counts(0)).documents, 0);
}

TEST_F(StoreDocumentTest, DocumentsWithoutTextHaveTheirRow) {
    NewDocument locked;
    locked.sha256 = std::string(64, 'a');
    locked.content.status = document::Status::Quarantined;
    locked.content.reason = "the reader crashed on it twice";
    const DocumentId id = must(m_store->storeDocument(locked, at("/locked.pdf")));
    EXPECT_TRUE(must(m_store->chunksOfDocument(id)).empty());
    EXPECT_EQ(must(m_store->findBySha256(locked.sha256))->status, document::Status::Quarantined);
    expectSound();
}

TEST_F(StoreDocumentTest, RefusesWhatIsOutOfBoundsAndStoresNothing) {
    const NewDocument good = sampleDocument("Good", {"text"});
    std::vector<NewDocument> bad(6, good);
    bad[0].sha256.clear();
    bad[1].chunks[0].ordinal = 1;
    bad[2].chunks[0].spans = {{0, 0, 1}, {0, 1, 2}, {0, 2, 3}};
    bad[3].chunks[0].spans = {{1, 0, 1}};
    bad[4].chunks[0].segments[0].end = 5;
    bad[5].chunks[0].segments[0].hash = "short";
    for (const NewDocument& document : bad)
        EXPECT_EQ(m_store->storeDocument(document, at("/x")).error().code(), ErrorCode::InvalidArgument);
    EXPECT_EQ(must(m_store->counts(0)).documents, 0);
    expectSound();
}

TEST_F(StoreDocumentTest, ABatchIsOneTransaction) {
    const auto failed = m_store->database().transact([&]() -> Result<void> {
        put("/a", "A", {"apple"});
        put("/b", "B", {"banana"});
        return Error(ErrorCode::Cancelled, "stopped");
    });
    EXPECT_FALSE(failed);
    EXPECT_EQ(must(m_store->counts(0)).documents, 0);
    must(m_store->database().transact([&]() -> Result<void> {
        put("/a", "A", {"apple"});
        put("/a", "A", {"avocado"});  // replaced before it ever came into full text
        put("/b", "B", {"banana"});
        return {};
    }));
    EXPECT_EQ(find("apple avocado banana").size(), 2u);
    expectSound();
}

TEST_F(StoreDocumentTest, ABadDocumentDoesNotSpoilItsBatch) {
    NewDocument bad = sampleDocument("Bad", {"text"});
    bad.chunks[0].segments[0].hash = "short";
    must(m_store->database().transact([&]() -> Result<void> {
        put("/a", "A", {"apple"});
        EXPECT_FALSE(m_store->storeDocument(bad, at("/bad")));
        put("/b", "B", {"banana"});
        return {};
    }));
    EXPECT_EQ(must(m_store->counts(0)).documents, 2);
    expectSound();
}

TEST_F(StoreDocumentTest, FilesWithoutHashHaveOneRowEach) {
    must(m_store->storeUnhashed(at("/huge.iso"), document::Status::TooBig, "4 GB"));
    must(m_store->storeUnhashed(at("/pipe"), document::Status::Unsupported, "no regular file"));
    must(m_store->storeUnhashed(at("/huge.iso"), document::Status::TooBig, "5 GB"));
    const auto ledger = must(m_store->ledger());
    ASSERT_EQ(ledger.size(), 2u);
    EXPECT_EQ(ledger[0].reason, "5 GB");
    EXPECT_EQ(ledger[0].sha256, std::nullopt);
    EXPECT_TRUE(must(m_store->deletedAfter(0)).documents.empty());

    put("/huge.iso", "Small now", {"text"});  // and back again
    EXPECT_EQ(must(m_store->counts(0)).documents, 2);
    must(m_store->storeUnhashed(at("/huge.iso"), document::Status::Unreadable, "permission denied"));
    EXPECT_EQ(find("text"), Names());
    expectSound();
}

TEST_F(StoreDocumentTest, RetryForgetsTheExtraction) {
    const DocumentId id = put("/a", "A", {"apple"});
    must(m_store->pointPath(at("/copy"), id));
    const std::string sha256 = must(m_store->documents(std::vector{id}))[0].sha256;
    must(m_store->forgetContent(id));
    EXPECT_EQ(find("apple"), Names());
    const auto paths = must(m_store->pathsUnder("/"));
    ASSERT_EQ(paths.size(), 2u);
    EXPECT_EQ(paths[0].status, document::Status::Pending);
    EXPECT_EQ(paths[0].extractor, "");
    EXPECT_EQ(paths[0].sha256, sha256);
    EXPECT_EQ(must(m_store->deletedAfter(0)).documents, std::vector{id});
    expectSound();
    put("/a", "A", {"apple"});
    EXPECT_EQ(must(m_store->findBySha256(sha256))->paths.size(), 2u);
    EXPECT_EQ(find("apple"), Names{"A:0"});
    EXPECT_EQ(m_store->forgetContent(9999).error().code(), ErrorCode::NotFound);

    must(m_store->storeUnhashed(at("/z"), document::Status::Unreadable, "no"));
    must(m_store->forgetContent(must(m_store->pathsUnder("/z"))[0].document));
    EXPECT_EQ(must(m_store->pathsUnder("/z"))[0].status, document::Status::Pending);
    expectSound();
}

}  // namespace
}  // namespace commonplace::store
