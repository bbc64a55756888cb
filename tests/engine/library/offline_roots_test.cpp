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

TEST_F(OfflineRootsTest, AFolderThatWasAlwaysEmptyIsNotOffline) {
    std::filesystem::create_directory(docs());
    EXPECT_THAT(index({docs()}).notices, IsEmpty());
    EXPECT_THAT(offlineRoots(), IsEmpty());
}

}  // namespace
}  // namespace commonplace::library
