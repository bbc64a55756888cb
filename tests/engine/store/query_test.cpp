#include "engine/store/query.h"

#include <gtest/gtest.h>

#include "engine/store/errors.h"
#include "tests/engine/store/sample.h"

namespace commonplace::store {
namespace {

class QueryTest : public testing::Test {
  protected:
    DatabaseSpec spec() const {
        DatabaseSpec spec;
        spec.file = m_folder / "q.db";
        spec.migrations = {{"one", "CREATE TABLE t(a, b, c, d);"}};
        return spec;
    }
    test::TempFolder m_folder;
    std::unique_ptr<Database> m_database = test::must(Database::open(spec()));
    Database::Handle& m_handle = m_database->handle();
};

TEST_F(QueryTest, KeepsBytesOfEveryKind) {
    const std::string nul("a\0b", 3), quote = "Bob's \"notes\"; DROP TABLE t;";
    Query(m_handle, "INSERT INTO t VALUES (?, ?, ?, ?)")
        .run(nul, Blob{quote}, std::optional<std::string>(), 1.5);
    Query row(m_handle, "SELECT a, b, c, d, typeof(b) FROM t WHERE b = ?");
    row.bind(Blob{quote});
    ASSERT_TRUE(row.step());
    EXPECT_EQ(row.text(0), nul);
    EXPECT_EQ(row.text(1), quote);
    EXPECT_TRUE(row.isNull(2));
    EXPECT_EQ(row.real(3), 1.5);
    EXPECT_EQ(row.text(4), "blob");
}

TEST_F(QueryTest, AnEmptyBlobIsNotNull) {
    Query(m_handle, "INSERT INTO t VALUES (?, ?, ?, ?)").run(Blob{}, "", 0, std::nullopt);
    EXPECT_EQ(scalar(m_handle, "SELECT count(*) FROM t WHERE a = x'' AND b = '' AND d IS NULL"), 1);
}

TEST_F(QueryTest, TheSameStatementTwiceAtOnce) {
    for (int i = 0; i < 3; ++i) Query(m_handle, "INSERT INTO t(a) VALUES (?)").run(i);
    constexpr const char* kSql = "SELECT a FROM t ORDER BY a";
    Query outer(m_handle, kSql);
    int pairs = 0;
    while (outer.step()) {
        Query inner(m_handle, kSql);
        while (inner.step()) ++pairs;
    }
    EXPECT_EQ(pairs, 9);
}

TEST_F(QueryTest, ErrorsNameStepFileAndReason) {
    const auto failed = guarded(m_handle, "counting sheep", [&]() -> Result<void> {
        Query(m_handle, "SELECT x FROM nowhere").step();
        return {};
    });
    EXPECT_EQ(failed.error().code(), ErrorCode::Internal);
    EXPECT_EQ(failed.error().message(), "counting sheep: q.db: no such table: nowhere");
}

}  // namespace
}  // namespace commonplace::store
