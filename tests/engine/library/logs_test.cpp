#include "engine/library/logs.h"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <optional>
#include <thread>

#include "engine/base/file.h"
#include "engine/library/library.h"
#include "engine/store/conversations.h"
#include "tests/support/temp_folder.h"

namespace commonplace::library {
namespace {

constexpr const char* kWords = "Who turns the dome?";

class LogsTest : public testing::Test {
  protected:
    void SetUp() override {
        auto library = Library::open({m_folder / "library", {}, COMMONPLACE_PROGRAM});
        ASSERT_TRUE(library);
        m_library = std::move(*library);
        auto session = m_library->openSession();
        ASSERT_TRUE(session);
        m_session = std::move(*session);
        store::Conversations all(m_session->library().database());
        ASSERT_TRUE(all.create(kWords, "[]"));
    }
    bool holdsWords(const char* name) const {
        std::ifstream file(m_folder / "library" / name, std::ios::binary);
        const std::string bytes(std::istreambuf_iterator<char>(file), {});
        return bytes.find(kWords) != std::string::npos;
    }

    test::TempFolder m_folder;
    std::unique_ptr<Library> m_library;
    std::unique_ptr<Session> m_session;
};

TEST_F(LogsTest, TheEndOfAProgramLeavesNothingInTheLog) {
    ASSERT_TRUE(holdsWords("library.db-wal"));
    m_session.reset();
    EXPECT_TRUE(holdsWords("library.db-wal"));  // a guest leaves its log
    m_library.reset();
    EXPECT_FALSE(holdsWords("library.db-wal"));
    EXPECT_TRUE(holdsWords("library.db"));
}

TEST_F(LogsTest, OthersMayGoOnMeanwhile) {
    auto other = m_library->openSession();  // as one of another process may be
    ASSERT_TRUE(other);
    ASSERT_TRUE((*other)->status());
    m_session = std::move(*other);
    m_library.reset();
    EXPECT_FALSE(holdsWords("library.db-wal"));
    store::Conversations all(m_session->library().database());
    EXPECT_TRUE(all.create("Another", "[]"));
    const auto rows = all.list();
    ASSERT_TRUE(rows);
    EXPECT_EQ(rows->size(), 2u);
}

TEST_F(LogsTest, NothingHappensWhileSomebodyIsIndexing) {
    m_session.reset();
    const auto lock = base::FileLock::tryAcquire(lockFile(m_library->folder()));
    ASSERT_TRUE(lock);
    m_library.reset();
    EXPECT_TRUE(holdsWords("library.db-wal"));
}

TEST_F(LogsTest, WhoeverOnlyReadDoesNotTakeTheLock) {
    auto reader = Library::open({m_folder / "library", {}, COMMONPLACE_PROGRAM});
    ASSERT_TRUE(reader);
    {
        auto session = (*reader)->openSession();
        ASSERT_TRUE(session);
        ASSERT_TRUE((*session)->status());
        ASSERT_TRUE((*session)->library().roots());
    }
    (*reader).reset();
    EXPECT_TRUE(holdsWords("library.db-wal"));
}

TEST_F(LogsTest, CareWaitsForTheEndOfAProgram) {
    auto lock = base::FileLock::tryAcquire(lockFile(m_library->folder()));
    ASSERT_TRUE(lock);
    std::jthread end([held = std::optional(std::move(*lock))]() mutable {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        held.reset();
    });
    const auto problems = m_library->check();
    ASSERT_TRUE(problems) << problems.error().message();
}

TEST_F(LogsTest, CareSaysWhoIsIndexing) {
    const auto lock = base::FileLock::tryAcquire(lockFile(m_library->folder()));
    ASSERT_TRUE(lock);
    const auto problems = m_library->check();
    ASSERT_FALSE(problems);
    EXPECT_EQ(problems.error().code(), ErrorCode::Busy);
    EXPECT_NE(problems.error().message().find("is indexing this library"), std::string::npos);
}

TEST_F(LogsTest, AFolderWithoutALibraryIsLeftAsItIs) {
    const auto empty = m_folder / "empty";
    std::filesystem::create_directory(empty);
    emptyLogs(empty, std::chrono::milliseconds(0));
    EXPECT_TRUE(std::filesystem::is_empty(empty));
}

}  // namespace
}  // namespace commonplace::library
