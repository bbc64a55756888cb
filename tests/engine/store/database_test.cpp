#include "engine/store/database.h"

#include <gtest/gtest.h>

#include "engine/store/handle.h"
#include "engine/store/query.h"
#include "tests/engine/store/sample.h"

namespace commonplace::store {
namespace {

using test::must;
using test::TempFolder;

class DatabaseTest : public testing::Test {
  protected:
    DatabaseSpec spec(Access access = Access::Checkpointer) const {
        DatabaseSpec spec;
        spec.file = m_folder / "some.db";
        spec.access = access;
        spec.applicationId = 77;
        spec.migrations = {{"one", "CREATE TABLE t(x INTEGER PRIMARY KEY) STRICT;"}};
        spec.remedy = "do this";
        return spec;
    }
    static Result<void> insert(Database& database, int value) {
        return database.transact([&]() -> Result<void> {
            Query(database.handle(), "INSERT INTO t VALUES (?)").run(value);
            return {};
        });
    }
    static std::int64_t rows(Database& database) {
        return scalar(database.handle(), "SELECT count(*) FROM t");
    }
    static std::int64_t pragma(Database& database, const char* sql) { return scalar(database.handle(), sql); }
    ErrorCode openError(const DatabaseSpec& spec) const {
        auto opened = Database::open(spec);
        return opened ? ErrorCode::Internal : opened.error().code();
    }

    TempFolder m_folder;
};

TEST_F(DatabaseTest, SetsWhatItsHeaderPromises) {
    const auto owner = must(Database::open(spec()));
    const auto guest = must(Database::open(spec(Access::Guest)));
    EXPECT_EQ(pragma(*owner, "PRAGMA foreign_keys"), 1);
    EXPECT_EQ(pragma(*owner, "PRAGMA trusted_schema"), 0);
    EXPECT_EQ(pragma(*owner, "PRAGMA cell_size_check"), 1);
    EXPECT_EQ(pragma(*owner, "PRAGMA mmap_size"), 0);
    EXPECT_EQ(pragma(*owner, "PRAGMA application_id"), 77);
    EXPECT_EQ(pragma(*owner, "PRAGMA synchronous"), 1);
    EXPECT_GT(pragma(*owner, "PRAGMA wal_autocheckpoint"), 0);
    EXPECT_EQ(pragma(*guest, "PRAGMA wal_autocheckpoint"), 0);
    EXPECT_EQ(pragma(*guest, "PRAGMA busy_timeout"), 10'000);
    EXPECT_EQ(guest->checkpoint().error().code(), ErrorCode::InvalidArgument);
}

TEST_F(DatabaseTest, GuestLeavesTheWalAloneOwnerFoldsItIn) {
    const auto wal = m_folder / "some.db-wal";
    {
        const auto guest = must(Database::open(spec(Access::Guest)));
        must(insert(*guest, 1));
    }
    EXPECT_TRUE(std::filesystem::exists(wal));  // neither checkpointed nor deleted on close
    {
        const auto owner = must(Database::open(spec()));
        EXPECT_EQ(rows(*owner), 1);
    }
    EXPECT_FALSE(std::filesystem::exists(wal));
}

TEST_F(DatabaseTest, TransactRollsBackOnError) {
    const auto database = must(Database::open(spec()));
    const auto failed = database->transact([&]() -> Result<void> {
        must(insert(*database, 1));
        return Error(ErrorCode::Timeout, "no");
    });
    EXPECT_EQ(failed.error().code(), ErrorCode::Timeout);
    EXPECT_EQ(rows(*database), 0);
    must(insert(*database, 2));
    EXPECT_EQ(rows(*database), 1);
}

TEST_F(DatabaseTest, TransactNestsAndUndoesTheInnerAlone) {
    const auto database = must(Database::open(spec()));
    must(database->transact([&]() -> Result<void> {
        must(insert(*database, 1));
        EXPECT_FALSE(insert(*database, 1));  // the primary key is taken
        must(insert(*database, 2));
        return {};
    }));
    EXPECT_EQ(rows(*database), 2);
}

TEST_F(DatabaseTest, ExceptionsOfTheWorkBecomeErrors) {
    const auto database = must(Database::open(spec()));
    const auto failed = database->transact([&]() -> Result<void> {
        must(insert(*database, 1));
        throw std::runtime_error("boom");
    });
    EXPECT_EQ(failed.error().code(), ErrorCode::Internal);
    EXPECT_NE(failed.error().message().find("boom"), std::string::npos);
    EXPECT_EQ(rows(*database), 0);
}

TEST_F(DatabaseTest, NothingRunsAfterSqliteHasUndoneTheTransaction) {
    const auto database = must(Database::open(spec()));
    const auto result = database->transact([&]() -> Result<void> {
        must(insert(*database, 1));
        database->handle().connection.exec("ROLLBACK");  // as SQLite does by itself when the disk is full
        EXPECT_EQ(insert(*database, 2).error().code(), ErrorCode::Io);
        return {};
    });
    EXPECT_EQ(result.error().code(), ErrorCode::Io);
    EXPECT_EQ(rows(*database), 0);
    must(insert(*database, 3));
    EXPECT_EQ(rows(*database), 1);
}

TEST_F(DatabaseTest, DataVersionTellsOfOthersOnly) {
    const auto one = must(Database::open(spec()));
    const auto other = must(Database::open(spec(Access::Guest)));
    const auto before = must(one->dataVersion());
    must(insert(*one, 1));
    EXPECT_EQ(must(one->dataVersion()), before);
    must(insert(*other, 2));
    EXPECT_NE(must(one->dataVersion()), before);
}

TEST_F(DatabaseTest, RefusesRandomBytes) {
    std::string noise;
    for (int i = 0; i < 20'000; ++i) noise += static_cast<char>(i * 7919 >> 3);
    m_folder.write("some.db", noise);
    const auto opened = Database::open(spec());
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code(), ErrorCode::Corrupt);
    EXPECT_NE(opened.error().message().find("do this"), std::string::npos);
    EXPECT_EQ(opened.error().message().find('\n'), std::string::npos);
}

TEST_F(DatabaseTest, RefusesATruncatedFile) {
    {
        const auto database = must(Database::open(spec()));
        must(database->transact([&]() -> Result<void> {
            for (int i = 0; i < 20'000; ++i) Query(database->handle(), "INSERT INTO t VALUES (?)").run(i);
            return {};
        }));
    }
    const auto file = m_folder / "some.db";
    std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
    EXPECT_EQ(openError(spec()), ErrorCode::Corrupt);
}

TEST_F(DatabaseTest, RefusesAnotherProgramsFileUntouched) {
    {
        auto other = spec();
        other.applicationId = 78;
        must(Database::open(other));
    }
    EXPECT_EQ(openError(spec()), ErrorCode::Unsupported);
    std::filesystem::remove(m_folder / "some.db");
    SQLite::Database((m_folder / "some.db").native(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
        .exec("CREATE TABLE theirs(x); PRAGMA user_version = 1");  // application_id 0, but not empty
    EXPECT_EQ(openError(spec()), ErrorCode::Unsupported);
    SQLite::Database theirs((m_folder / "some.db").native());
    EXPECT_EQ(theirs.execAndGet("PRAGMA journal_mode").getString(), "delete");
}

TEST_F(DatabaseTest, MissingFolderIsOneClearLine) {
    auto lost = spec();
    lost.file = m_folder / "nowhere" / "some.db";
    const auto opened = Database::open(lost);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code(), ErrorCode::Io);
}

TEST_F(DatabaseTest, CheckFindsABrokenReference) {
    auto two = spec();
    two.migrations.push_back({"two", "CREATE TABLE child(t INTEGER REFERENCES t(x));"});
    const auto database = must(Database::open(two));
    EXPECT_TRUE(must(database->check()).empty());
    database->handle().connection.exec("PRAGMA foreign_keys = OFF; INSERT INTO child VALUES (5)");
    ASSERT_EQ(must(database->check()).size(), 1u);
    EXPECT_NE(must(database->check())[0].find("child"), std::string::npos);
}

}  // namespace
}  // namespace commonplace::store
