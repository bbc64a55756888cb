#include <set>

#include "engine/store/handle.h"
#include "engine/store/index_store.h"
#include "engine/store/query.h"
#include "tests/engine/store/sample.h"

namespace commonplace::store {
namespace {

using test::at;
using test::hashOf;
using test::must;
using Names = std::vector<std::string>;

class VectorsTest : public test::StoreTest {
  protected:
    std::int64_t space(const std::string& fingerprint = "model-1") {
        return must(m_store->space(fingerprint, 3, IndexStore::IfMissing::Create));
    }
    std::vector<VectorRow> rows(std::int64_t space, std::int64_t after = 0) {
        std::vector<VectorRow> found;
        must(m_store->vectorsAfter(space, after,
                                   [&](const VectorRow& row) -> Result<void> {
                                       found.push_back(row);
                                       return {};
                                   },
                                   {}));
        return found;
    }
    /// One chunk of two segments.
    NewDocument twoSegments(const std::string& first, const std::string& second) {
        NewDocument document = test::sampleDocument(first + second, {first + second});
        document.chunks[0].segments = {{0, first.size(), hashOf(first)},
                                       {first.size(), first.size() + second.size(), hashOf(second)}};
        return document;
    }
};

TEST_F(VectorsTest, SpacesAreFoundByFingerprint) {
    EXPECT_EQ(must(m_store->space("m", 3, IndexStore::IfMissing::Report)), 0);
    const auto made = must(m_store->space("m", 3, IndexStore::IfMissing::Create));
    EXPECT_NE(made, 0);
    EXPECT_EQ(must(m_store->space("m", 3, IndexStore::IfMissing::Report)), made);
    EXPECT_EQ(m_store->space("m", 4, IndexStore::IfMissing::Create).error().code(),
              ErrorCode::InvalidArgument);
}

TEST_F(VectorsTest, NewestDocumentsFirstThenInOrder) {
    put("/a", "A", {"a0", "a1"});
    const auto s = space();  // made after the first document, before the second
    put("/b", "B", {"b0", "b1"});
    Names order;
    for (const PendingChunk& chunk : must(m_store->pendingChunks(s, 10))) order.push_back(chunk.text);
    EXPECT_EQ(order, (Names{"b0", "b1", "a0", "a1"}));
    EXPECT_EQ(must(m_store->pendingChunks(s, 3)).size(), 3u);
    EXPECT_EQ(must(m_store->pendingCount(s)), 4);
    EXPECT_EQ(embedAll(s), 4);
    EXPECT_EQ(must(m_store->pendingCount(s)), 0);
    expectSound();
}

TEST_F(VectorsTest, AChunkIsDoneWhenAllItsSegmentsAre) {
    const auto s = space();
    must(m_store->storeDocument(twoSegments("first ", "second"), at("/x")));
    const PendingChunk chunk = must(m_store->pendingChunks(s, 1)).at(0);
    EXPECT_EQ(chunk.missing, (std::vector{0, 1}));
    must(m_store->storeVectors(s, std::vector{NewVector{chunk.chunk, 1, hashOf("second"), "v"}}));
    EXPECT_EQ(must(m_store->pendingChunks(s, 1)).at(0).missing, std::vector{0});
    expectSound();
    must(m_store->storeVectors(
        s, std::vector{NewVector{chunk.chunk, 0, hashOf("first "), ""}}));  // nothing to say
    EXPECT_TRUE(must(m_store->pendingChunks(s, 1)).empty());
    expectSound();
}

TEST_F(VectorsTest, EqualTextIsEmbeddedOnce) {
    const auto s = space();
    put("/a", "A", {"one", "two", "three"});
    EXPECT_EQ(embedAll(s), 3);
    put("/a", "A", {"one", "changed", "three"});  // one edited paragraph; the old document goes
    EXPECT_EQ(must(m_store->pendingCount(s)), 1);
    EXPECT_EQ(embedAll(s), 1);
    NewDocument again = test::sampleDocument("A", {"one", "changed", "three"});
    again.extractor = "test-2";  // a new version of the program reads it again
    must(m_store->storeDocument(again, at("/a")));
    EXPECT_EQ(must(m_store->pendingCount(s)), 0);
    EXPECT_EQ(rows(s).size(), 3u);
    expectSound();
}

TEST_F(VectorsTest, EqualTextOfWaitingDocumentsIsEmbeddedOnceToo) {
    const auto s = space();
    put("/a", "A", {"boiler plate"});
    put("/b", "B", {"boiler plate"});
    embed(s, must(m_store->pendingChunks(s, 1)).at(0));
    EXPECT_TRUE(must(m_store->pendingChunks(s, 1)).empty());
    EXPECT_EQ(rows(s).size(), 2u);
    expectSound();
}

TEST_F(VectorsTest, SpacesNeverMix) {
    const auto one = space("model-1"), two = space("model-2");
    put("/a", "A", {"text"});
    embedAll(one);
    EXPECT_EQ(must(m_store->pendingCount(two)), 1);
    EXPECT_EQ(must(m_store->counts(two)).vectors, 0);
    put("/b", "B", {"text"});
    EXPECT_EQ(must(m_store->pendingCount(one)), 0);
    EXPECT_EQ(must(m_store->pendingCount(two)), 2);
    expectSound();
}

TEST_F(VectorsTest, LateVectorsOfDeletedChunksAreSkipped) {
    const auto s = space();
    put("/a", "A", {"text"});
    const PendingChunk chunk = must(m_store->pendingChunks(s, 1)).at(0);
    must(m_store->removePaths(Names{"/a"}));
    must(m_store->storeVectors(s, std::vector{NewVector{chunk.chunk, 0, hashOf("text"), "v"}}));
    EXPECT_TRUE(rows(s).empty());
    put("/b", "B", {"text"});  // chunk ids never come back
    EXPECT_NE(must(m_store->pendingChunks(s, 1)).at(0).chunk, chunk.chunk);
    expectSound();
}

TEST_F(VectorsTest, WrongHashesAndSpacesAreRefused) {
    const auto s = space();
    put("/a", "A", {"text"});
    const ChunkId chunk = must(m_store->pendingChunks(s, 1)).at(0).chunk;
    const auto store = [&](std::int64_t where, int segment, const std::string& text) {
        return m_store->storeVectors(where, std::vector{NewVector{chunk, segment, hashOf(text), "v"}});
    };
    EXPECT_EQ(store(s, 0, "other").error().code(), ErrorCode::InvalidArgument);
    EXPECT_EQ(store(s, 1, "text").error().code(), ErrorCode::InvalidArgument);
    EXPECT_EQ(store(s + 1, 0, "text").error().code(), ErrorCode::NotFound);
    must(store(s, 0, "text"));
    must(store(s, 0, "text"));  // again: nothing happens
    EXPECT_EQ(rows(s).size(), 1u);
}

TEST_F(VectorsTest, ReadOnFromTheLastIdSeen) {
    const auto s = space();
    const DocumentId id = put("/a", "A", {"one", "two"});
    embedAll(s);
    const auto first = rows(s);
    ASSERT_EQ(first.size(), 2u);
    EXPECT_EQ(first[0].document, id);
    EXPECT_LT(first[0].id, first[1].id);
    EXPECT_TRUE(rows(s, first[1].id).empty());
    put("/b", "B", {"three"});
    embedAll(s);
    const auto later = rows(s, first[1].id);
    ASSERT_EQ(later.size(), 1u);
    EXPECT_NE(later[0].document, id);
}

TEST_F(VectorsTest, ReadingStopsOnRequestAndOnError) {
    const auto s = space();
    put("/a", "A", {"one", "two"});
    embedAll(s);
    std::stop_source stop;
    int seen = 0;
    const auto stopped = m_store->vectorsAfter(
        s, 0,
        [&](const VectorRow&) -> Result<void> {
            ++seen;
            stop.request_stop();
            return {};
        },
        stop.get_token());
    EXPECT_EQ(stopped.error().code(), ErrorCode::Cancelled);
    EXPECT_EQ(seen, 1);
    const auto failed = m_store->vectorsAfter(
        s, 0, [](const VectorRow&) -> Result<void> { return Error(ErrorCode::Limit, "full"); }, {});
    EXPECT_EQ(failed.error().code(), ErrorCode::Limit);
}

TEST_F(VectorsTest, TombstonesTellWhatToDrop) {
    const DocumentId a = put("/a", "A", {"one"}), b = put("/b", "B", {"two"});
    EXPECT_EQ(must(m_store->deletedAfter(0)).newest, 0);
    must(m_store->removePaths(Names{"/a"}));
    const Tombstones first = must(m_store->deletedAfter(0));
    EXPECT_EQ(first.documents, std::vector{a});
    put("/b", "B", {"two, edited"});
    const Tombstones second = must(m_store->deletedAfter(first.newest));
    EXPECT_EQ(second.documents, std::vector{b});
    EXPECT_EQ(must(m_store->deletedAfter(second.newest)).newest, second.newest);
}

TEST_F(VectorsTest, TheQueueIsReadFromItsIndex) {
    const auto plan = [&](const char* sql) {
        std::string text;
        Query query(m_store->database().handle(), sql);
        while (query.step()) text += query.text(3) + "\n";
        return text;
    };
    const std::string queue = plan(
        "EXPLAIN QUERY PLAN SELECT document_id, chunk_id FROM pending WHERE space_id = 1"
        " ORDER BY document_id DESC, chunk_id LIMIT 5");
    EXPECT_EQ(queue.find("TEMP B-TREE"), std::string::npos) << queue;
    const std::string reuse =
        plan("EXPLAIN QUERY PLAN SELECT value FROM vector WHERE space_id = 1 AND hash = x'00'");
    EXPECT_NE(reuse.find("vector_by_hash"), std::string::npos) << reuse;
}

}  // namespace
}  // namespace commonplace::store
