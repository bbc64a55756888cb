#include "engine/ingest/root_state.h"

#include "tests/engine/store/sample.h"

namespace commonplace::ingest {
namespace {

using test::at;
using test::must;

class RootStateTest : public test::StoreTest {
  protected:
    std::string root(const char* name) const { return (m_folder / name).native(); }
    RootState stateOf(const char* name, const std::string& identity = {}) {
        return must(rootState(*m_store, root(name), identity));
    }
};

TEST_F(RootStateTest, AnEmptyFolderIsEmptiedOnlyWhenFilesOfItAreKnown) {
    EXPECT_EQ(stateOf("usb"), RootState::Gone);
    std::filesystem::create_directory(m_folder / "usb");
    put((m_folder / "usb2/other.md").native(), "Other", {"other"});
    EXPECT_EQ(stateOf("usb"), RootState::Here);
    const std::vector<std::string> path{root("usb") + "/note.md"};
    put(path[0], "Note", {"note"});
    EXPECT_EQ(stateOf("usb"), RootState::Emptied);
    must(m_store->setPathState(path, store::PathState::Offline));
    EXPECT_EQ(stateOf("usb"), RootState::Emptied);
    must(m_store->setPathState(path, store::PathState::Missing));  // deleted while the folder was there
    EXPECT_EQ(stateOf("usb"), RootState::Here);
}

TEST_F(RootStateTest, TheVeryFolderStandingThereEmptyWasEmptied) {
    std::filesystem::create_directory(m_folder / "inbox");
    std::filesystem::create_directory(m_folder / "other");
    put(root("inbox") + "/note.md", "Note", {"note"});
    const std::string identity = folderIdentity(root("inbox"));
    EXPECT_EQ(stateOf("inbox", identity), RootState::Here);
    EXPECT_EQ(stateOf("inbox", folderIdentity(root("other"))), RootState::Emptied);
    EXPECT_EQ(stateOf("inbox"), RootState::Emptied);  // of an older version
}

TEST_F(RootStateTest, AFolderIsToldFromOthers) {
    m_folder.write("a/note.md", "");
    std::filesystem::create_directory(m_folder / "b");
    const std::string identity = folderIdentity(root("a"));
    EXPECT_FALSE(identity.empty());
    EXPECT_NE(folderIdentity(root("b")), identity);
    EXPECT_NE(folderIdentity("/proc"), folderIdentity("/"));  // another file system
    std::filesystem::rename(m_folder / "a", m_folder / "c");
    std::filesystem::remove(m_folder / "c/note.md");
    EXPECT_EQ(folderIdentity(root("c")), identity);
    EXPECT_EQ(folderIdentity(root("a")), "");
    m_folder.write("note.md", "");
    EXPECT_EQ(folderIdentity(root("note.md")), "");
}

TEST_F(RootStateTest, AnythingInAFolderIsASignOfIt) {
    put(root("usb") + "/note.md", "Note", {"note"});
    m_folder.write("usb/.hidden", "");
    EXPECT_EQ(stateOf("usb"), RootState::Here);
}

TEST_F(RootStateTest, FilesAreHereOrGone) {
    m_folder.write("note.md", "");
    EXPECT_EQ(stateOf("note.md"), RootState::Here);
    EXPECT_EQ(stateOf("no.md"), RootState::Gone);
}

}  // namespace
}  // namespace commonplace::ingest
