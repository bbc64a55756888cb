#include "engine/ingest/known_contents.h"

#include "engine/ingest/ingester.h"
#include "tests/engine/store/sample.h"

namespace commonplace::ingest {
namespace {

using test::at;
using test::must;

class KnownContentsTest : public test::StoreTest {
  protected:
    std::string store(const std::string& path, document::Status status) {
        store::NewDocument document = test::sampleDocument(path, {path});
        document.extractor = extractorVersion();
        document.content.status = status;
        must(m_store->storeDocument(document, at(path)));
        return document.sha256;
    }
    KnownContents m_known;
};

TEST_F(KnownContentsTest, FailuresAreKnownUnlessTheyAreToBeReadAgain) {
    const std::string good = store("/good.md", document::Status::Indexed);
    const std::string bad = store("/bad.md", document::Status::Damaged);
    must(m_known.load(*m_store, Retry::No));
    EXPECT_TRUE(m_known.contains(good));
    EXPECT_TRUE(m_known.contains(bad));
    must(m_known.load(*m_store, Retry::Failures));
    EXPECT_TRUE(m_known.contains(good));
    EXPECT_FALSE(m_known.contains(bad));
}

TEST_F(KnownContentsTest, IsReadOnceAndKeptUp) {
    m_known.add({"before"});
    must(m_known.load(*m_store, Retry::No));
    EXPECT_FALSE(m_known.contains("before"));
    m_known.add({"new"});
    EXPECT_TRUE(m_known.contains("new"));
    const std::string later = store("/later.md", document::Status::Indexed);
    must(m_known.load(*m_store, Retry::No));
    EXPECT_FALSE(m_known.contains(later));
}

TEST_F(KnownContentsTest, ContentOfAnotherExtractorIsReadAgain) {
    const store::NewDocument old = test::sampleDocument("Old", {"old"});
    must(m_store->storeDocument(old, at("/old.md")));
    must(m_known.load(*m_store, Retry::No));
    EXPECT_FALSE(m_known.contains(old.sha256));
}

}  // namespace
}  // namespace commonplace::ingest
