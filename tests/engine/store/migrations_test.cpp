#include "engine/store/migrations.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iterator>

#include "engine/store/query.h"
#include "tests/engine/store/sample.h"

namespace commonplace::store {
namespace {

using test::must;

class MigrationsTest : public testing::Test {
  protected:
    DatabaseSpec spec(std::size_t versions, const char* thirdStep = "INSERT INTO t VALUES ('three');") const {
        DatabaseSpec spec;
        spec.file = m_folder / "m.db";
        spec.applicationId = 5;
        spec.backupBeforeMigration = true;
        spec.migrations = {{"one", "CREATE TABLE t(x TEXT); INSERT INTO t VALUES ('one');"},
                           {"two", "INSERT INTO t VALUES ('two');"},
                           {"three", thirdStep}};
        spec.migrations.resize(versions);
        return spec;
    }
    static std::int64_t rows(const std::unique_ptr<Database>& database) {
        return scalar(database->handle(), "SELECT count(*) FROM t");
    }
    DatabaseSpec owners() const {
        DatabaseSpec newest = spec(3);
        newest.access = Access::Checkpointer;
        return newest;
    }
    void setAges(int days) const {
        const auto then = std::filesystem::file_time_type::clock::now() - std::chrono::hours(24 * days);
        for (const auto& entry : std::filesystem::directory_iterator(m_folder.path()))
            std::filesystem::last_write_time(entry.path(), then);
    }
    test::TempFolder m_folder;
};

TEST_F(MigrationsTest, RunsTheMissingStepsOnce) {
    EXPECT_EQ(rows(must(Database::open(spec(1)))), 1);
    EXPECT_EQ(rows(must(Database::open(spec(3)))), 3);
    EXPECT_EQ(rows(must(Database::open(spec(3)))), 3);
}

TEST_F(MigrationsTest, BacksUpBeforeAndOnlyWhenThereIsSomething) {
    must(Database::open(spec(1)));
    EXPECT_FALSE(std::filesystem::exists(m_folder / "m.db.bak-0"));
    must(Database::open(spec(3)));
    auto backup = spec(1);
    backup.file = m_folder / "m.db.bak-1";
    EXPECT_EQ(rows(must(Database::open(backup))), 1);
    for (const auto& entry : std::filesystem::directory_iterator(m_folder.path()))
        EXPECT_NE(entry.path().extension(), ".part");
}

TEST_F(MigrationsTest, OldBackupsOfOlderVersionsGo) {
    must(Database::open(spec(1)));
    must(Database::open(spec(2)));
    must(Database::open(owners()));
    for (const char* name :
         {"m.db.bak-0.77.part", "m.db.bak-7", "m.db.bak-1.mine", "m.db.bak-x", "n.db.bak-1"})
        m_folder.write(name, "x");
    const auto isThere = [this](const char* name) { return std::filesystem::exists(m_folder / name); };
    setAges(kBackupDays - 1);
    must(Database::open(owners()));
    EXPECT_TRUE(isThere("m.db.bak-1") && isThere("m.db.bak-2") && isThere("m.db.bak-0.77.part"));
    setAges(kBackupDays + 1);
    must(Database::open(spec(3)));  // a guest leaves them
    EXPECT_TRUE(isThere("m.db.bak-1"));
    must(Database::open(owners()));
    EXPECT_FALSE(isThere("m.db.bak-1") || isThere("m.db.bak-2") || isThere("m.db.bak-0.77.part"));
    for (const char* name : {"m.db", "m.db.bak-7", "m.db.bak-1.mine", "m.db.bak-x", "n.db.bak-1"})
        EXPECT_TRUE(isThere(name)) << name;
}

TEST_F(MigrationsTest, ADamagedDatabaseKeepsItsBackups) {
    must(Database::open(spec(1)));
    {
        const auto database = must(Database::open(owners()));
        Query(database->handle(), "CREATE TABLE u(x TEXT)").run();
        Query(database->handle(), "CREATE INDEX ux ON u(x)").run();
        Query(database->handle(), "INSERT INTO u VALUES ('here')").run();
        must(database->checkpoint());
    }
    setAges(kBackupDays + 1);
    {
        std::fstream file(m_folder / "m.db", std::ios::binary | std::ios::in | std::ios::out);
        const std::string bytes(std::istreambuf_iterator<char>(file), {});
        file.seekp(static_cast<std::streamoff>(bytes.rfind("here")));
        file.write("gone", 4);  // the index does not agree with its table any more
    }
    const auto database = must(Database::open(owners()));
    ASSERT_FALSE(must(database->check()).empty());
    EXPECT_EQ(std::filesystem::exists(m_folder / "m.db.bak-1"), true);
}

TEST_F(MigrationsTest, BackupHoldsWhatIsStillInTheWal) {
    auto guest = spec(1);
    guest.access = Access::Guest;
    {
        const auto database = must(Database::open(guest));
        Query(database->handle(), "INSERT INTO t VALUES ('in the WAL')").run();
    }
    must(Database::open(spec(2)));
    auto backup = spec(1);
    backup.file = m_folder / "m.db.bak-1";
    EXPECT_EQ(rows(must(Database::open(backup))), 2);
}

TEST_F(MigrationsTest, AFailingStepLeavesTheVersionBeforeIt) {
    must(Database::open(spec(1)));
    EXPECT_FALSE(Database::open(spec(3, "INSERT INTO t VALUES ('half'); INSERT INTO nowhere VALUES (1);")));
    const auto database = must(Database::open(spec(2)));
    EXPECT_EQ(rows(database), 2);
    EXPECT_EQ(scalar(database->handle(), "PRAGMA user_version"), 2);
}

TEST_F(MigrationsTest, RefusesANewerSchemaUntouched) {
    must(Database::open(spec(3)));
    const auto opened = Database::open(spec(2));
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code(), ErrorCode::Newer);
    EXPECT_NE(opened.error().message().find("newer version"), std::string::npos);
    EXPECT_EQ(rows(must(Database::open(spec(3)))), 3);
}

TEST_F(MigrationsTest, ManyProcessesMayCreateAtOnce) {
    for (int round = 0; round < 5; ++round) {
        for (const char* name : {"m.db", "m.db-wal", "m.db-shm"}) std::filesystem::remove(m_folder / name);
        int gate[2];
        ASSERT_EQ(pipe(gate), 0);
        std::vector<pid_t> children;
        for (int i = 0; i < 6; ++i) {
            const pid_t child = fork();
            if (child == 0) {
                close(gate[1]);
                char nothing = 0;
                while (read(gate[0], &nothing, 1) > 0) {
                }  // until the parent opens the gate for all
                auto mine = spec(3);
                mine.access = Access::Guest;
                _exit(Database::open(mine) ? 0 : 1);
            }
            children.push_back(child);
        }
        close(gate[0]);
        close(gate[1]);
        for (const pid_t child : children) {
            int status = -1;
            waitpid(child, &status, 0);
            EXPECT_EQ(status, 0);
        }
        EXPECT_EQ(rows(must(Database::open(spec(3)))), 3);
    }
}

}  // namespace
}  // namespace commonplace::store
