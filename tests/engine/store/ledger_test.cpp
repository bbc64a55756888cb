#include "engine/store/index_store.h"
#include "tests/engine/store/sample.h"

namespace commonplace::store {
namespace {

using test::at;
using test::must;
using Names = std::vector<std::string>;

class LedgerTest : public test::StoreTest {};

TEST_F(LedgerTest, OneRowPerContentAndPerFileWithoutOneByPath) {
    NewDocument scan = test::sampleDocument("Scan", {"little text", ""});
    scan.content.status = document::Status::Partial;
    scan.content.reason = "1 page without text";
    scan.content.pagesWithoutText = 1;
    scan.chunks.pop_back();
    must(m_store->storeDocument(scan, at("/m/scan.pdf")));
    const DocumentId note = put("/z/note.md", "Note", {"one", "two", "three"});
    must(m_store->pointPath(at("/a/note.md"), note));
    must(m_store->storeUnhashed(at("/b/disk.iso"), document::Status::TooBig, "over 1 GB"));
    embedAll(must(m_store->space("model", 3, IndexStore::IfMissing::Create)));

    const auto rows = must(m_store->ledger());
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[0].paths, (Names{"/a/note.md", "/z/note.md"}));
    EXPECT_EQ(rows[0].chunks, 3);
    EXPECT_EQ(rows[0].vectors, 3);
    EXPECT_EQ(rows[0].pages, 3);
    EXPECT_EQ(rows[1].sha256, std::nullopt);
    EXPECT_EQ(rows[1].reason, "over 1 GB");
    EXPECT_EQ(rows[1].bytes, 100u);
    EXPECT_EQ(rows[2].status, document::Status::Partial);
    EXPECT_EQ(rows[2].pagesWithoutText, 1);
    EXPECT_EQ(rows[2].indexedAt.size(), 20u);
}

TEST_F(LedgerTest, OfflineAndMissingAreToldApart) {
    put("/gone", "Gone", {"t"});
    put("/usb/away", "Away", {"t"});
    const DocumentId both = put("/here", "Here", {"t"});
    must(m_store->pointPath(at("/usb/here"), both));
    must(m_store->setPathState(Names{"/gone"}, PathState::Missing));
    must(m_store->setPathState(Names{"/usb/away", "/usb/here"}, PathState::Offline));
    for (const LedgerRow& row : must(m_store->ledger())) {
        EXPECT_EQ(row.missing, row.title == "Gone") << row.title;
        EXPECT_EQ(row.offline, row.title == "Away") << row.title;
    }
}

TEST_F(LedgerTest, Counts) {
    put("/a", "A", {"one", "two"});
    put("/b", "B", {"three"});
    must(m_store->storeUnhashed(at("/c"), document::Status::Unreadable, "denied"));
    must(m_store->storeUnhashed(at("/d"), document::Status::Unsupported, "kind"));
    const auto space = must(m_store->space("model", 3, IndexStore::IfMissing::Create));
    Counts counts = must(m_store->counts(space));
    EXPECT_EQ(counts.documents, 4);
    EXPECT_EQ(counts.indexed, 2);
    EXPECT_EQ(counts.pages, 3);
    EXPECT_EQ(counts.chunks, 3);
    EXPECT_EQ(counts.failed, 1);
    EXPECT_EQ(counts.pendingVectors, 3);
    EXPECT_EQ(counts.documentsWithVectors, 0);
    embed(space, must(m_store->pendingChunks(space, 1)).at(0));
    counts = must(m_store->counts(space));
    EXPECT_EQ(counts.vectors, 1);
    EXPECT_EQ(counts.documentsWithVectors, 1);  // the newest document has one chunk only
    EXPECT_EQ(must(m_store->counts(0)).documentsWithVectors, 0);
}

}  // namespace
}  // namespace commonplace::store
