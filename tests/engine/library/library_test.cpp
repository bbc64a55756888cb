// The engine end to end on small folders, with real worker processes.
#include "engine/library/library.h"

#include <gmock/gmock.h>

#include <chrono>
#include <thread>

#include "engine/base/file.h"
#include "engine/library/summary.h"
#include "tests/engine/library/library_fixture.h"

namespace commonplace::library {
namespace {

using document::Status;
using test::kGarden;
using test::kHarbour;
using test::LibraryTest;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

TEST_F(LibraryTest, FromAFolderToAnAnswer) {
    m_folder.write("docs/harbour.md", kHarbour);
    m_folder.write("docs/garden.md", kGarden);
    const IndexReport report = index({docs()});
    EXPECT_EQ(report.summary.seen, 2);
    EXPECT_EQ(report.summary.added, 2);
    EXPECT_EQ(report.summary.extracted, 2);
    EXPECT_GE(report.summary.embedded, 2);
    EXPECT_THAT(find("tide tables"), testing::ElementsAre("harbour.md"));
    EXPECT_THAT(find("when should I plant vegetables", retrieve::Mode::Semantic), Contains("garden.md"));
    auto session = m_library->openSession();
    ASSERT_TRUE(session);
    answer::Question question;
    question.text = "Where does the harbour master keep the tide tables?";
    const auto answer = (*session)->ask(question, {}, {}, {});
    ASSERT_TRUE(answer) << answer.error().message();
    EXPECT_FALSE(answer->abstained);
    ASSERT_THAT(answer->citations, testing::Not(IsEmpty()));
    EXPECT_TRUE(answer->citations[0].verified);
    EXPECT_THAT(answer->citations[0].quote, HasSubstr("lantern room"));
}

TEST_F(LibraryTest, UnchangedTouchedMovedAndRenamedCostNothing) {
    m_folder.write("docs/harbour.md", kHarbour);
    m_folder.write("docs/garden.md", kGarden);
    index({docs()});
    EXPECT_EQ(index({docs()}).summary.unchanged, 2);

    std::filesystem::last_write_time(docs() / "harbour.md", std::filesystem::file_time_type::clock::now());
    IndexReport report = index({docs()});
    EXPECT_EQ(report.summary.unchanged, 2);
    EXPECT_EQ(report.summary.extracted + report.summary.embedded, 0);

    std::filesystem::rename(docs() / "harbour.md", docs() / "port.md");
    report = index({docs()});
    EXPECT_EQ(report.summary.moved, 1);
    EXPECT_EQ(report.summary.extracted + report.summary.embedded, 0);
    EXPECT_THAT(find("tide tables"), testing::ElementsAre("port.md"));
    EXPECT_THAT(ledger(), SizeIs(2));

    std::filesystem::rename(docs(), m_folder / "elsewhere");
    report = index({m_folder / "elsewhere"});
    EXPECT_EQ(report.summary.moved, 2);
    EXPECT_EQ(report.summary.extracted + report.summary.embedded, 0);
    EXPECT_THAT(report.notices, Contains(HasSubstr("offline")));
}

TEST_F(LibraryTest, ChangedContentReplacesOnlyItself) {
    m_folder.write("docs/harbour.md", kHarbour);
    m_folder.write("docs/garden.md", kGarden);
    index({docs()});
    m_folder.write("docs/garden.md", "# The garden\n\nPumpkins instead of anything else this year.\n");
    const IndexReport report = index({docs()});
    EXPECT_EQ(report.summary.changed, 1);
    EXPECT_EQ(report.summary.unchanged, 1);
    EXPECT_EQ(report.summary.extracted, 1);
    EXPECT_THAT(find("tomatoes"), IsEmpty());
    EXPECT_THAT(find("pumpkins"), testing::ElementsAre("garden.md"));
    EXPECT_THAT(ledger(), SizeIs(2));
}

TEST_F(LibraryTest, DeletedFilesAreMarkedAndComeBack) {
    m_folder.write("docs/harbour.md", kHarbour);
    m_folder.write("docs/garden.md", kGarden);
    index({docs()});
    std::filesystem::remove(docs() / "garden.md");
    EXPECT_EQ(index({docs()}).summary.missing, 1);
    EXPECT_THAT(find("tomatoes"), IsEmpty());
    ASSERT_THAT(ledger(), SizeIs(2));
    m_folder.write("docs/garden.md", kGarden);
    const IndexReport report = index({docs()});
    EXPECT_EQ(report.summary.extracted + report.summary.embedded, 0);
    EXPECT_THAT(find("tomatoes"), testing::ElementsAre("garden.md"));
}

TEST_F(LibraryTest, EachRunHearsOfItsOwnVectors) {
    m_folder.write("docs/harbour.md", kHarbour);
    m_folder.write("other/garden.md", kGarden);
    m_folder.write("first/note.md", "# First\n\nA new index takes all roots along; this is not one.\n");
    index({m_folder / "first"});
    m_folder.write("other/more.md", "# More\n\nBeans climb up the poles until late in September.\n");
    const auto other = store::LibraryStore::open(libraryFile(m_library->folder()), store::Access::Guest);
    ASSERT_TRUE(other);
    ASSERT_TRUE((*other)->addRoot((m_folder / "other").native()));
    const auto id = (*other)->enqueue({(m_folder / "other").native(), store::Depth::TextAndVectors});
    ASSERT_TRUE(id);
    const IndexReport mine = index({docs()});
    EXPECT_EQ(mine.summary.added, 1);
    EXPECT_EQ(mine.summary.embedded, 1);
    const auto theirs = summaryFromJson((*(*other)->queueEntry(*id))->summary);
    ASSERT_TRUE(theirs);
    EXPECT_EQ(theirs->added, 2);
    EXPECT_EQ(theirs->embedded, 2);
}

TEST_F(LibraryTest, ARunWithoutVectorsHandsOverWhatOthersWaitFor) {
    m_folder.write("docs/harbour.md", kHarbour);
    m_folder.write("other/garden.md", kGarden);
    const auto other = store::LibraryStore::open(libraryFile(m_library->folder()), store::Access::Guest);
    ASSERT_TRUE(other);
    ASSERT_TRUE((*other)->addRoot((m_folder / "other").native()));
    const auto id = (*other)->enqueue({(m_folder / "other").native(), store::Depth::TextAndVectors});
    ASSERT_TRUE(id);
    ASSERT_TRUE(m_library->index({{docs()}, store::Depth::Text}, m_gate, {}, {}));
    EXPECT_EQ((*(*other)->queueEntry(*id))->state, store::QueueState::Waiting);
    index({docs()});
    const auto theirs = summaryFromJson((*(*other)->queueEntry(*id))->summary);
    ASSERT_TRUE(theirs);
    EXPECT_EQ(theirs->added, 1);
    EXPECT_EQ(theirs->embedded, 1);
}

TEST_F(LibraryTest, EqualFilesShareOneDocument) {
    m_folder.write("docs/a.md", kHarbour);
    m_folder.write("docs/b.md", kHarbour);
    const IndexReport report = index({docs()});
    EXPECT_EQ(report.summary.seen, 2);
    EXPECT_EQ(report.summary.extracted, 1);
    ASSERT_THAT(ledger(), SizeIs(1));
    EXPECT_THAT(ledger()[0].paths, SizeIs(2));
    std::filesystem::remove(docs() / "a.md");
    index({docs()});
    EXPECT_THAT(find("tide tables"), testing::ElementsAre("b.md"));
}

TEST_F(LibraryTest, FilesThatTakeEachOthersNamesAreAllKept) {
    m_folder.write("docs/a.md", kHarbour);
    m_folder.write("docs/b.md", kGarden);
    index({docs()});
    std::filesystem::rename(docs() / "a.md", docs() / "c.md");  // rotated: a new a.md
    m_folder.write("docs/a.md", "# New\n\nSemaphores and signal flags.\n");
    IndexReport report = index({docs()});
    EXPECT_EQ(report.summary.extracted, 1);
    EXPECT_THAT(find("tide tables"), testing::ElementsAre("c.md"));

    std::filesystem::rename(docs() / "b.md", docs() / "swap");  // swapped: b.md and c.md
    std::filesystem::rename(docs() / "c.md", docs() / "b.md");
    std::filesystem::rename(docs() / "swap", docs() / "c.md");
    for (const char* name : {"b.md", "c.md"})
        std::filesystem::last_write_time(docs() / name, std::filesystem::file_time_type::clock::now());
    report = index({docs()});
    EXPECT_THAT(find("tide tables"), testing::ElementsAre("b.md"));
    EXPECT_THAT(find("tomatoes"), testing::ElementsAre("c.md"));
    EXPECT_THAT(ledger(), SizeIs(3));
}

TEST_F(LibraryTest, ARootInsideAnotherIsJudgedByItself) {
    m_folder.write("docs/harbour.md", kHarbour);
    m_folder.write("docs/.notes/garden.md", kGarden);
    index({docs(), docs() / ".notes"});
    EXPECT_THAT(find("tomatoes"), testing::ElementsAre("garden.md"));
    const IndexReport again = index({docs()});
    EXPECT_EQ(again.summary.unchanged, 2);
    EXPECT_EQ(again.summary.extracted + again.summary.missing, 0);
    EXPECT_THAT(find("tomatoes"), testing::ElementsAre("garden.md"));
}

TEST_F(LibraryTest, AnIndexThatWasDeletedIsMadeAgainFromAllRoots) {
    m_folder.write("docs/harbour.md", kHarbour);
    m_folder.write("other/garden.md", kGarden);
    index({docs(), m_folder / "other"});
    auto session = m_library->openSession();
    ASSERT_TRUE(session);
    for (const char* suffix : {"", "-wal", "-shm"})
        std::filesystem::remove(indexFile(m_library->folder()).native() + suffix);
    index({docs()});
    EXPECT_THAT(find("tomatoes"), testing::ElementsAre("garden.md"));
    retrieve::Query query;
    query.text = "tomatoes";
    const auto results = (*session)->search(query);  // a session that was open all the time sees the new file
    ASSERT_TRUE(results);
    EXPECT_THAT(results->passages, testing::Not(IsEmpty()));
}

TEST_F(LibraryTest, TextOnlyLeavesVectorsForLater) {
    m_folder.write("docs/harbour.md", kHarbour);
    const auto report = m_library->index({{docs()}, store::Depth::Text, ingest::Retry::No}, m_gate, {}, {});
    ASSERT_TRUE(report);
    EXPECT_EQ(report->summary.embedded, 0);
    EXPECT_GT(index({}).summary.embedded, 0);
}

TEST_F(LibraryTest, EveryFileHasARow) {
    m_folder.write("docs/harbour.md", kHarbour);
    m_folder.write("docs/broken.pdf", "%PDF-1.7 and then nothing");
    m_folder.write("docs/picture.png", "png");
    m_folder.write("docs/empty.txt", "");
    m_folder.write("docs/caf\xe9.md", "# Latin\n\nA name that is no UTF-8 still has a row.\n");
    const IndexReport report = index({docs()});
    EXPECT_EQ(report.summary.seen, 5);
    EXPECT_EQ(report.summary.failed, 1);
    const auto rows = ledger();
    ASSERT_THAT(rows, SizeIs(5));
    for (const auto& row : rows) {
        EXPECT_NE(row.status, Status::Pending) << row.paths[0];
        EXPECT_EQ(row.reason.empty(), row.status == Status::Indexed) << row.paths[0] << ": " << row.reason;
    }
    EXPECT_THAT(find("UTF-8 row"), Contains("caf\xe9.md"));
    EXPECT_EQ(index({docs()}).summary.unchanged, 5);
}

TEST_F(LibraryTest, FailuresAreRetriedOnRequest) {
    m_folder.write("docs/broken.pdf", "%PDF-1.7 and then nothing");
    index({docs()});
    EXPECT_EQ(index({docs()}).summary.extracted, 0);
    EXPECT_EQ(index({docs()}, ingest::Retry::Failures).summary.extracted, 1);
    EXPECT_THAT(ledger(), SizeIs(1));
}

TEST_F(LibraryTest, WhoeverDoesTheWorkRetriesFailuresWhenAsked) {
    m_folder.write("docs/broken.pdf", "%PDF-1.7 and then nothing");
    m_folder.write("other/garden.md", kGarden);
    index({docs()});
    std::stop_source stopped;  // asks, and leaves the work to the next one
    stopped.request_stop();
    const auto asked = m_library->index({{docs()}, store::Depth::TextAndVectors, ingest::Retry::Failures},
                                        m_gate, {}, stopped.get_token());
    ASSERT_FALSE(asked);
    index({m_folder / "other"});
    const auto store = store::LibraryStore::open(libraryFile(m_library->folder()), store::Access::Guest);
    ASSERT_TRUE(store);
    const auto entry = (*store)->queueEntry(2);
    ASSERT_TRUE(entry && *entry);
    EXPECT_EQ((*entry)->path, docs().native());
    EXPECT_THAT((*entry)->summary, HasSubstr("\"extracted\":1,"));
}

TEST_F(LibraryTest, ThousandsOfFilesByNameShareWhatIsKnown) {
    std::vector<std::filesystem::path> files;
    for (int i = 0; i < 60; ++i)  // 20 contents, three files each
        files.push_back(m_folder.write("docs/n" + std::to_string(i) + ".md",
                                       kGarden + std::to_string(i % 20) + " gardens\n"));
    const IndexReport report = index(files);
    EXPECT_EQ(report.summary.added, 60);
    EXPECT_EQ(report.summary.extracted, 20);
    EXPECT_EQ(index({}).summary.unchanged, 60);
    std::filesystem::remove(files[0]);  // one that others still show
    std::filesystem::remove(files[1]);
    m_folder.write("docs/n2.md", "# New\n\nSemaphores.\n");
    EXPECT_EQ(index({}).summary.extracted, 1);
    EXPECT_THAT(ledger(), SizeIs(21));
}

TEST_F(LibraryTest, AMissingPathIsAnErrorAndTheOthersAreDone) {
    m_folder.write("docs/harbour.md", kHarbour);
    const IndexReport report = index({m_folder / "nowhere", docs()});
    EXPECT_THAT(report.errors, testing::ElementsAre(HasSubstr("nowhere")));
    EXPECT_EQ(report.summary.added, 1);
}

TEST_F(LibraryTest, ADamagedIndexIsSetAsideAndRebuiltFromTheRoots) {
    m_folder.write("docs/harbour.md", kHarbour);
    m_folder.write("other/garden.md", kGarden);
    index({docs(), m_folder / "other"});
    for (const char* suffix : {"-wal", "-shm"})
        std::filesystem::remove(indexFile(m_library->folder()).native() + suffix);
    m_folder.write("library/index.db", std::string(50'000, 'Z'));
    open();
    const auto session = m_library->openSession();
    ASSERT_FALSE(session);
    EXPECT_EQ(session.error().code(), ErrorCode::Corrupt);
    const IndexReport report = index({docs()});
    EXPECT_THAT(report.notices, Contains(HasSubstr("rebuilt")));
    EXPECT_THAT(find("tomatoes"), testing::ElementsAre("garden.md"));
    EXPECT_TRUE(std::filesystem::exists(m_library->folder() / "index.db.damaged-1"));
    EXPECT_THAT(*m_library->check(), IsEmpty());
}

TEST_F(LibraryTest, AnIndexWithoutItsLibraryIsReported) {
    m_folder.write("docs/garden.md", kGarden);
    index({docs()});
    EXPECT_THAT(*m_library->check(), IsEmpty());
    m_library.reset();
    for (const char* suffix : {"-wal", "-shm", ""})
        std::filesystem::remove((m_folder / "library" / "library.db").native() + suffix);
    open();
    EXPECT_THAT(*m_library->check(), Contains(HasSubstr("library.db was lost")));
    index({docs()});
    EXPECT_THAT(*m_library->check(), IsEmpty());
}

TEST_F(LibraryTest, AnotherProgramsDatabaseIsLeftAlone) {
    store::DatabaseSpec theirs;
    theirs.file = m_folder / "library/index.db";
    theirs.applicationId = 4711;
    theirs.migrations = {{"theirs", "CREATE TABLE theirs(x)"}};
    ASSERT_TRUE(store::Database::open(theirs));
    m_folder.write("docs/garden.md", kGarden);
    const auto report =
        m_library->index({{docs()}, store::Depth::TextAndVectors, ingest::Retry::No}, m_gate, {}, {});
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code(), ErrorCode::Unsupported);
    EXPECT_FALSE(std::filesystem::exists(m_folder / "library/index.db.damaged-1"));
}

TEST_F(LibraryTest, AStoppedRunResumes) {
    for (int i = 0; i < 40; ++i)
        m_folder.write("docs/n" + std::to_string(i) + ".md", kGarden + std::to_string(i) + " gardens\n");
    std::stop_source stop;
    const IndexEvents events{[&stop](const ingest::Progress&) { stop.request_stop(); }, {}};
    const auto stopped = m_library->index({{docs()}, store::Depth::TextAndVectors, ingest::Retry::No}, m_gate,
                                          events, stop.get_token());
    EXPECT_TRUE(stopped || stopped.error().code() == ErrorCode::Cancelled);
    index({docs()});
    EXPECT_THAT(ledger(), SizeIs(40));
    auto session = m_library->openSession();
    EXPECT_EQ((*session)->status()->counts.pendingVectors, 0);
    EXPECT_EQ((*session)->status()->pendingText, 0);
}

TEST_F(LibraryTest, ASecondIndexerFollowsTheFirst) {
    m_folder.write("docs/harbour.md", kHarbour);
    m_folder.write("other/garden.md", kGarden);
    auto lock = base::FileLock::tryAcquire(lockFile(m_library->folder()));
    ASSERT_TRUE(lock);
    std::optional<base::FileLock> owner(std::move(*lock));
    std::vector<std::string> notices;
    const IndexEvents events{{}, [&](const std::string& line) {
                                 notices.push_back(line);
                                 owner.reset();
                             }};
    const auto report =
        m_library->index({{docs()}, store::Depth::Text, ingest::Retry::No}, m_gate, events, {});
    ASSERT_TRUE(report) << report.error().message();
    EXPECT_EQ(report->summary.added, 1);
    EXPECT_THAT(notices, Contains(HasSubstr("following")));
}

TEST_F(LibraryTest, ASessionSeesWhatAnotherIndexesAndForgetsWhatIsGone) {
    m_folder.write("docs/harbour.md", kHarbour);
    index({docs()});
    auto session = m_library->openSession();
    ASSERT_TRUE(session);
    retrieve::Query query;
    query.text = "vegetables in the garden";
    query.mode = retrieve::Mode::Semantic;
    const auto before = (*session)->search(query);
    ASSERT_TRUE(before);
    m_folder.write("docs/garden.md", kGarden);
    index({docs()});
    const auto after = (*session)->search(query);
    ASSERT_TRUE(after);
    EXPECT_EQ(after->passages.size(), before->passages.size() + 1);
    m_folder.write("docs/garden.md", "# Nothing\n\nThis text speaks of locomotives and signal boxes only.\n");
    index({docs()});
    const auto replaced = (*session)->search(query);
    ASSERT_TRUE(replaced);
    for (const auto& passage : replaced->passages)
        EXPECT_THAT(passage.snippet, testing::Not(HasSubstr("Tomatoes")));
}

}  // namespace
}  // namespace commonplace::library
