// Drives that are not connected: their folders are gone, or stand empty; nothing of them is lost or redone.
#include <gmock/gmock.h>

#include "tests/engine/library/library_fixture.h"

namespace commonplace::library {
namespace {

using test::kGarden;
using test::kHarbour;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class OfflineRootsTest : public test::LibraryTest {};

TEST_F(OfflineRootsTest, AnUnpluggedRootIsOfflineAndStillSearchable) {
    m_folder.write("docs/harbour.md", kHarbour);
    index({docs()});
    std::filesystem::rename(docs(), m_folder / "unplugged");
    const IndexReport report = index({});
    EXPECT_THAT(report.errors, IsEmpty());
    EXPECT_THAT(report.notices, Contains(HasSubstr("offline")));
    ASSERT_THAT(ledger(), SizeIs(1));
    EXPECT_TRUE(ledger()[0].offline);
    EXPECT_THAT(find("tide tables"), testing::ElementsAre("harbour.md"));
    std::filesystem::rename(m_folder / "unplugged", docs());
    EXPECT_EQ(index({}).summary.extracted, 0);
    EXPECT_FALSE(ledger()[0].offline);
}

TEST_F(OfflineRootsTest, AnEmptyMountPointIsAnUnpluggedDrive) {
    m_folder.write("usb/harbour.md", kHarbour);
    m_folder.write("docs/garden.md", kGarden);
    index({m_folder / "usb", docs()});
    std::filesystem::rename(m_folder / "usb", m_folder / "unplugged");
    std::filesystem::create_directory(m_folder / "usb");
    IndexReport report = index({});
    EXPECT_EQ(report.summary.missing, 0);
    EXPECT_EQ(report.summary.unchanged, 1);
    EXPECT_THAT(report.notices, testing::ElementsAre(testing::AllOf(
                                    HasSubstr("offline"), HasSubstr("is the drive connected?"),
                                    HasSubstr("commonplace forget " + (m_folder / "usb").native()))));
    EXPECT_THAT(find("tide tables"), testing::ElementsAre("harbour.md"));
    EXPECT_TRUE(ledger()[1].offline);
    EXPECT_THAT(offlineRoots(), testing::ElementsAre((m_folder / "usb").native()));
    EXPECT_EQ(index({}).summary.missing, 0);  // offline already

    std::filesystem::remove(m_folder / "usb");
    std::filesystem::rename(m_folder / "unplugged", m_folder / "usb");
    report = index({});
    EXPECT_EQ(report.summary.unchanged, 2);
    EXPECT_EQ(report.summary.extracted + report.summary.embedded, 0);
    EXPECT_THAT(report.notices, IsEmpty());
    EXPECT_FALSE(ledger()[1].offline);
    EXPECT_THAT(offlineRoots(), IsEmpty());
}

TEST_F(OfflineRootsTest, AMountPointInsideAnotherRootIsJudgedByItself) {
    m_folder.write("docs/usb/harbour.md", kHarbour);
    m_folder.write("docs/garden.md", kGarden);
    index({docs(), docs() / "usb"});
    std::filesystem::rename(docs() / "usb", m_folder / "unplugged");
    std::filesystem::create_directory(docs() / "usb");
    EXPECT_EQ(index({docs()}).summary.missing, 0);
    EXPECT_THAT(find("tide tables"), testing::ElementsAre("harbour.md"));
    m_folder.write("docs/copy.md", kHarbour);  // the drive's own path stays known
    EXPECT_EQ(index({docs()}).summary.extracted, 0);
    EXPECT_THAT(ledger()[0].paths, SizeIs(2));
}

TEST_F(OfflineRootsTest, AnEmptiedFolderInsideARootAndALastFileButOneAreDeletions) {
    m_folder.write("docs/old/harbour.md", kHarbour);
    m_folder.write("docs/garden.md", kGarden);
    index({docs()});
    std::filesystem::remove(docs() / "old" / "harbour.md");
    EXPECT_EQ(index({}).summary.missing, 1);
    EXPECT_THAT(find("tide tables"), IsEmpty());
    std::filesystem::remove(docs() / "garden.md");
    EXPECT_EQ(index({}).summary.missing, 1);  // the root still holds a folder: it is there
    EXPECT_THAT(offlineRoots(), IsEmpty());
}

TEST_F(OfflineRootsTest, AnInboxThatSomebodyEmptiedHoldsNothing) {
    m_folder.write("docs/harbour.md", kHarbour);
    index({docs()});
    std::filesystem::remove(docs() / "harbour.md");
    EXPECT_THAT(offlineRoots(), IsEmpty());
    const IndexReport report = index({});
    EXPECT_EQ(report.summary.missing, 1);
    EXPECT_THAT(report.notices, IsEmpty());
    EXPECT_THAT(find("tide tables"), IsEmpty());
}

TEST_F(OfflineRootsTest, TheLastFileOfARootMayMoveToAnother) {
    m_folder.write("docs/harbour.md", kHarbour);
    m_folder.write("archive/garden.md", kGarden);
    index({docs(), m_folder / "archive"});
    std::filesystem::rename(docs() / "harbour.md", m_folder / "archive/harbour.md");
    const IndexReport report = index({m_folder / "archive"});
    EXPECT_EQ(report.summary.moved, 1);
    EXPECT_EQ(report.summary.extracted, 0);
    ASSERT_THAT(ledger(), SizeIs(2));
    for (const auto& row : ledger()) EXPECT_THAT(row.paths, SizeIs(1));
}

TEST_F(OfflineRootsTest, ALibraryThatDoesNotKnowWhichFolderItWasKeepsEverything) {
    m_folder.write("docs/harbour.md", kHarbour);
    index({docs()});
    const auto store = store::LibraryStore::open(libraryFile(m_library->folder()), store::Access::Guest);
    ASSERT_TRUE(store);
    EXPECT_FALSE((*(*store)->roots()).at(0).identity.empty());
    ASSERT_TRUE((*store)->setRootIdentity(docs().native(), ""));
    std::filesystem::remove(docs() / "harbour.md");
    EXPECT_EQ(index({}).summary.missing, 0);
    EXPECT_THAT(find("tide tables"), testing::ElementsAre("harbour.md"));
    EXPECT_EQ((*(*store)->roots()).at(0).identity, "");  // an empty folder may be anybody's
}

TEST_F(OfflineRootsTest, TheCommandInANoticeCanBePasted) {
    m_folder.write("usb stick/harbour.md", kHarbour);
    index({m_folder / "usb stick"});
    std::filesystem::rename(m_folder / "usb stick", m_folder / "unplugged");
    EXPECT_THAT(index({}).notices,
                Contains(HasSubstr("commonplace forget '" + (m_folder / "usb stick").native() + "'")));
}

TEST_F(OfflineRootsTest, AFolderThatWasAlwaysEmptyIsNotOffline) {
    std::filesystem::create_directory(docs());
    EXPECT_THAT(index({docs()}).notices, IsEmpty());
    EXPECT_THAT(offlineRoots(), IsEmpty());
}

}  // namespace
}  // namespace commonplace::library
