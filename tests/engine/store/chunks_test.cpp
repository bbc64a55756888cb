#include "engine/store/index_store.h"
#include "tests/engine/store/sample.h"

namespace commonplace::store {
namespace {

using test::at;
using test::must;

class ChunksTest : public test::StoreTest {};

TEST_F(ChunksTest, ComeInTheOrderAskedWithoutTheUnknown) {
    const DocumentId id = put("/a", "A", {"zero", "one", "two"});
    const auto all = must(m_store->chunksOfDocument(id));
    ASSERT_EQ(all.size(), 3u);
    const auto some = must(m_store->chunks(std::vector<ChunkId>{all[2].id, -5, all[0].id}));
    ASSERT_EQ(some.size(), 2u);
    EXPECT_EQ(some[0].text, "two");
    EXPECT_EQ(some[1].ordinal, 0);
    EXPECT_EQ(some[0].document, id);
}

TEST_F(ChunksTest, AChunkMayHaveNoSpan) {
    NewDocument loose = test::sampleDocument("Loose", {"words"});
    loose.chunks[0].spans.clear();
    const DocumentId id = must(m_store->storeDocument(loose, at("/l")));
    const auto chunks = must(m_store->chunksOfDocument(id));
    EXPECT_TRUE(chunks[0].spans.empty());
    EXPECT_TRUE(chunks[0].pageLabels.empty());
}

TEST_F(ChunksTest, StoredTextIsNeverTheSearchForm) {
    const DocumentId id = put("/zh", "黑豹队", {"防守只丢了308分。"});
    EXPECT_EQ(must(m_store->chunksOfDocument(id))[0].text, "防守只丢了308分。");
    EXPECT_EQ(must(m_store->documents(std::vector{id}))[0].title, "黑豹队");
}

}  // namespace
}  // namespace commonplace::store
