// Every kind of damage that check() claims to see, made on purpose.
#include "engine/store/handle.h"
#include "engine/store/index_store.h"
#include "tests/engine/store/sample.h"

namespace commonplace::store {
namespace {

using test::must;

class CareTest : public test::StoreTest {
  protected:
    void SetUp() override {
        m_space = must(m_store->space("model", 3, IndexStore::IfMissing::Create));
        put("/a", "A", {"apple pie", "cherry cake"});
        put("/b", "B", {"banana"});
        embedAll(m_space);
        put("/c", "C", {"coconut"});
        expectSound();
    }
    /// Damages the database behind the back of its triggers and constraints.
    void damage(const std::string& sql) {
        m_store.reset();
        SQLite::Database raw(file().native(), SQLite::OPEN_READWRITE);
        raw.exec("PRAGMA foreign_keys = OFF");
        raw.exec(sql);
        m_store = open();
    }
    std::string problems() {
        std::string text;
        for (const std::string& problem : must(m_store->check())) text += problem + "\n";
        return text;
    }
    std::int64_t m_space = 0;
};

TEST_F(CareTest, FullTextOutOfStep) {
    damage("DROP TRIGGER chunk_changing; UPDATE chunk SET text = 'quince' WHERE text = 'banana'");
    EXPECT_NE(problems().find("full-text"), std::string::npos);
    must(m_store->rebuildFullText());
    EXPECT_EQ(find("quince"), std::vector<std::string>{"B:0"});
    EXPECT_EQ(problems(), "");
}

TEST_F(CareTest, FullTextDamaged) {
    damage("DELETE FROM chunk_fts_data WHERE id > 100");
    EXPECT_NE(problems().find("full-text"), std::string::npos);
    must(m_store->rebuildFullText());
    EXPECT_EQ(problems(), "");
    EXPECT_EQ(find("cherry"), std::vector<std::string>{"A:1"});
}

TEST_F(CareTest, PendingLostOrSuperfluous) {
    damage("DELETE FROM pending");
    EXPECT_NE(problems().find("unnoticed"), std::string::npos);
    must(m_store->rebuildPending());
    EXPECT_EQ(problems(), "");
    EXPECT_EQ(must(m_store->pendingCount(m_space)), 1);
    damage("INSERT OR IGNORE INTO pending SELECT 1, document_id, id FROM chunk");
    EXPECT_NE(problems().find("without need"), std::string::npos);
    must(m_store->rebuildPending());
    EXPECT_EQ(problems(), "");
}

TEST_F(CareTest, VectorsOfAnotherSizeOrText) {
    damage("UPDATE vector SET value = x'00' WHERE id = 1");
    EXPECT_NE(problems().find("vectors"), std::string::npos);
    must(m_store->rebuildPending());
    EXPECT_EQ(problems(), "");
    EXPECT_EQ(must(m_store->pendingCount(m_space)), 2);
    damage("UPDATE vector SET hash = zeroblob(16) WHERE id = 2");
    EXPECT_NE(problems().find("vectors"), std::string::npos);
    must(m_store->rebuildPending());
    EXPECT_EQ(embedAll(m_space), 3);
    EXPECT_EQ(problems(), "");
}

TEST_F(CareTest, RowsWithoutTheirOwner) {
    damage("DROP TRIGGER path_deleted; DELETE FROM path WHERE path = x'2f61'");
    EXPECT_NE(problems().find("without a path"), std::string::npos);
    damage("DELETE FROM page WHERE page_index = 1");
    EXPECT_NE(problems().find("missing pages"), std::string::npos);
    damage("UPDATE document SET first_chunk = first_chunk + 1");
    EXPECT_NE(problems().find("not as counted"), std::string::npos);
    damage("UPDATE vector SET chunk_id = 90 + id");
    EXPECT_NE(problems().find("vector points to"), std::string::npos);
}

TEST_F(CareTest, DamagedPages) {
    m_store.reset();
    std::FILE* raw = std::fopen(file().c_str(), "r+b");
    ASSERT_NE(raw, nullptr);
    std::fseek(raw, 8192 * 4, SEEK_SET);
    for (int i = 0; i < 8192 * 8; ++i) std::fputc(i * 31 % 251, raw);
    std::fclose(raw);
    auto opened = IndexStore::open(file(), Access::Checkpointer);
    if (!opened) {
        EXPECT_EQ(opened.error().code(), ErrorCode::Corrupt);
        return;
    }
    m_store = std::move(*opened);
    EXPECT_NE(problems(), "");
}

TEST_F(CareTest, DerivedColumnsCannotBeBypassed) {
    const auto refused = [&](const char* sql) {
        EXPECT_THROW(m_store->database().handle().connection.exec(sql), SQLite::Exception) << sql;
    };
    refused("UPDATE chunk SET text = 'x'");
    refused(
        "INSERT INTO chunk(document_id, ordinal, segment_count, heading, segments, text)"
        " SELECT id, 9, 0, '', x'', 'late' FROM document");
    refused("UPDATE path SET state = 'lost'");
    refused(
        "INSERT INTO vector(space_id, document_id, chunk_id, segment, hash, value) VALUES (1, 1, 77, 0, x'', "
        "x'')");
    refused("DELETE FROM chunk_fts_data");  // shadow tables are read-only (DEFENSIVE)
    refused("PRAGMA journal_mode = OFF; DELETE FROM document");
    m_store->database().handle().connection.exec("UPDATE document SET title = 'Zoo' WHERE title = 'A'");
    EXPECT_EQ(find("zoo").size(), 2u);
    EXPECT_EQ(problems(), "");
}

}  // namespace
}  // namespace commonplace::store
