#include "engine/store/index_store.h"
#include "tests/engine/store/sample.h"

namespace commonplace::store {
namespace {

using test::at;
using test::must;
using Names = std::vector<std::string>;

class PathsTest : public test::StoreTest {
  protected:
    Names under(const std::string& root) {
        Names paths;
        for (const KnownPath& known : must(m_store->pathsUnder(root))) paths.push_back(known.file.path);
        return paths;
    }
};

TEST_F(PathsTest, OneContentManyPaths) {
    const DocumentId id = put("/a/x.md", "X", {"words"});
    must(m_store->pointPath(at("/b/x.md"), id));
    EXPECT_EQ(must(m_store->counts(0)).documents, 1);
    must(m_store->removePaths(Names{"/a/x.md"}));
    EXPECT_EQ(find("words"), Names{"X:0"});  // the copy is still there
    expectSound();
    must(m_store->removePaths(Names{"/b/x.md", "/never/seen"}));
    EXPECT_EQ(find("words"), Names());
    EXPECT_EQ(must(m_store->counts(0)).pages, 0);
    expectSound();
}

TEST_F(PathsTest, AMovedFileKeepsItsDocument) {
    const DocumentId id = put("/old", "X", {"words"});
    must(m_store->pointPath(at("/new"), id));
    must(m_store->setPathState(Names{"/old"}, PathState::Missing));
    const auto row = must(m_store->documents(std::vector{id})).at(0);
    EXPECT_EQ(row.paths, (Names{"/new", "/old"}));
    EXPECT_TRUE(row.reachable);
    EXPECT_TRUE(must(m_store->deletedAfter(0)).documents.empty());
}

TEST_F(PathsTest, PointingAwayDeletesTheFormerDocument) {
    const DocumentId x = put("/x", "X", {"xylophone"});
    put("/y", "Y", {"yak"});
    must(m_store->pointPath(at("/y"), x));  // y.md now has the content of x.md
    EXPECT_EQ(find("yak"), Names());
    EXPECT_EQ(must(m_store->counts(0)).documents, 1);
    EXPECT_EQ(m_store->pointPath(at("/z"), 12345).error().code(), ErrorCode::NotFound);
    expectSound();
}

TEST_F(PathsTest, RootsAreFoldersNotPrefixes) {
    for (const char* path : {"/a/b", "/a/b/c", "/a/b/\xFF", "/a/bc", "/a/b0", "/a/b-", "/z"})
        put(path, path, {"t"});
    EXPECT_EQ(under("/a/b"), (Names{"/a/b", "/a/b/c", "/a/b/\xFF"}));
    EXPECT_EQ(under("/a/b///"), (Names{"/a/b", "/a/b/c", "/a/b/\xFF"}));
    EXPECT_EQ(under("").size(), 7u);
    EXPECT_EQ(under("/").size(), 7u);
    EXPECT_EQ(under("/a").front(), "/a/b");
    EXPECT_EQ(under("/nothing"), Names());
    EXPECT_EQ(must(m_store->documentsUnder(Names{"/a/b", "/a", "/z"})).size(), 7u);
    EXPECT_EQ(must(m_store->documentsUnder(Names{"/a/b"})).size(), 3u);
    EXPECT_TRUE(must(m_store->documentsUnder(Names{})).empty());
}

TEST_F(PathsTest, NamesNeedNotBeUtf8) {
    const std::string path = "/caf\xE9/\x01\n\xFF.md";
    put(path, "Latin", {"t"});
    EXPECT_EQ(under("/caf\xE9"), Names{path});
    EXPECT_EQ(must(m_store->ledger())[0].paths, Names{path});
}

TEST_F(PathsTest, RemembersWhatItWasTold) {
    FileFacts facts{"/f", 1ull << 40, 1'700'000'000'123'456'789};
    put("/f", "F", {"t"});
    must(m_store->setPathState(Names{"/f"}, PathState::Offline));
    EXPECT_EQ(must(m_store->pathsUnder("/f"))[0].state, PathState::Offline);
    must(m_store->pointPath(facts, must(m_store->pathsUnder("/f"))[0].document));
    const KnownPath known = must(m_store->pathsUnder("/f"))[0];
    EXPECT_EQ(known.file, facts);
    EXPECT_EQ(known.state, PathState::Present);  // seen again
    EXPECT_EQ(known.status, document::Status::Indexed);
    EXPECT_EQ(known.extractor, "test-1");
}

}  // namespace
}  // namespace commonplace::store
