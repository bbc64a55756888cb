#include "engine/store/index_store.h"
#include "tests/engine/store/sample.h"

namespace commonplace::store {
namespace {

using test::at;
using test::must;
using Names = std::vector<std::string>;

class DocumentsTest : public test::StoreTest {};

TEST_F(DocumentsTest, ComeInTheOrderAskedWithoutTheUnknown) {
    const DocumentId a = put("/a", "A", {"t"}), b = put("/b", "B", {"t"});
    const auto rows = must(m_store->documents(std::vector<DocumentId>{b, 999, a, b}));
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[0].title + rows[1].title + rows[2].title, "BAB");
}

TEST_F(DocumentsTest, PathsArePresentThenOfflineThenMissing) {
    const DocumentId id = put("/d", "D", {"t"});
    for (const char* path : {"/a", "/b", "/c"}) must(m_store->pointPath(at(path), id));
    must(m_store->setPathState(Names{"/a"}, PathState::Missing));
    must(m_store->setPathState(Names{"/b"}, PathState::Offline));
    const auto row = must(m_store->documents(std::vector{id})).at(0);
    EXPECT_EQ(row.paths, (Names{"/c", "/d", "/b", "/a"}));
    EXPECT_TRUE(row.reachable);
    must(m_store->setPathState(Names{"/c", "/d"}, PathState::Offline));
    EXPECT_FALSE(must(m_store->documents(std::vector{id})).at(0).reachable);
}

TEST_F(DocumentsTest, UnknownHashIsNoError) {
    EXPECT_FALSE(must(m_store->findBySha256("nope")).has_value());
}

}  // namespace
}  // namespace commonplace::store
