// A stored database of every released version must open with today's code:
// tests/data/{index,library}_v<N>.sql.
#include "engine/store/schemas.h"

#include "engine/store/conversations.h"
#include "engine/store/handle.h"
#include "engine/store/library_store.h"
#include "engine/store/query.h"
#include "engine/store/spendings.h"
#include "engine/store/traces.h"
#include "tests/engine/store/sample.h"
#include "tests/golden/golden.h"

namespace commonplace::store {
namespace {

using test::must;

class SchemasTest : public test::StoreTest {
  protected:
    /// Makes a database from a dump, as `sqlite3 file < dump` does.
    std::filesystem::path load(const std::string& name) {
        const auto file = m_folder / (name + ".db");
        const auto dump = std::filesystem::path(COMMONPLACE_TEST_DIR) / "data" / (name + ".sql");
        SQLite::Database raw(file.native(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        raw.exec(test::readAll(dump));
        return file;
    }
    /// Type, name and SQL of everything in a schema, FTS5's own tables left out.
    static std::string schemaOf(Database& database) {
        std::string schema;
        Query query(
            database.handle(),
            "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'chunk\\_fts\\_%' ESCAPE '\\'"
            " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name");
        while (query.step()) schema += query.text(0) + " " + query.text(1) + ": " + query.text(2) + "\n";
        return schema;
    }
};

TEST_F(SchemasTest, IndexOfVersion1) {
    m_store = must(IndexStore::open(load("index_v1"), Access::Checkpointer));
    expectSound();
    EXPECT_EQ(find("yet"), std::vector<std::string>{"Café:0"});
    EXPECT_TRUE(find("lighthouse").empty());  // its file is missing
    EXPECT_EQ(find("灯塔"), std::vector<std::string>{"港口:0"});
    const auto space = must(m_store->space("model-1", 3, IndexStore::IfMissing::Report));
    const Counts counts = must(m_store->counts(space));
    EXPECT_EQ(counts.documents, 3);
    EXPECT_EQ(counts.vectors, 2);
    EXPECT_EQ(counts.pendingVectors, 1);
    EXPECT_EQ(must(m_store->pathsUnder("/home/ann"))[0].state, PathState::Missing);
    const auto fresh = must(IndexStore::open(m_folder / "fresh.db", Access::Checkpointer));
    EXPECT_EQ(schemaOf(m_store->database()), schemaOf(fresh->database()));
}

TEST_F(SchemasTest, LibraryOfVersion1) {
    const auto store = must(LibraryStore::open(load("library_v1"), Access::Checkpointer));
    EXPECT_TRUE(must(store->check()).empty());
    EXPECT_EQ(must(store->roots()).size(), 2u);
    EXPECT_EQ(must(store->setting("embedder")), "model-1");
    const auto waiting = must(store->takeQueue());
    ASSERT_EQ(waiting.size(), 2u);  // one waiting, one left running
    EXPECT_EQ(waiting[1].path, "/home/bob/it's");
    const auto fresh = must(LibraryStore::open(m_folder / "fresh.db", Access::Checkpointer));
    EXPECT_EQ(schemaOf(store->database()), schemaOf(fresh->database()));
}

TEST_F(SchemasTest, LibraryOfVersion2) {
    const auto store = must(LibraryStore::open(load("library_v2"), Access::Checkpointer));
    EXPECT_TRUE(must(store->check()).empty());
    EXPECT_EQ(must(store->roots()).size(), 2u);
    EXPECT_EQ(must(store->setting("embedder")), "model-1");
    EXPECT_EQ(must(store->takeQueue()).size(), 2u);
    Conversations conversations(store->database());
    ASSERT_EQ(must(conversations.list()).size(), 1u);
    EXPECT_EQ(must(conversations.list())[0].draft, "And who");
    EXPECT_EQ(must(conversations.messages(1)).at(1).text, "Anna does [1].");
    EXPECT_EQ(must(conversations.search("dome turns", 10)).size(), 1u);
    must(conversations.restore(2));
    EXPECT_TRUE(must(Traces(store->database()).list(10)).empty());
    const auto fresh = must(LibraryStore::open(m_folder / "fresh.db", Access::Checkpointer));
    EXPECT_EQ(schemaOf(store->database()), schemaOf(fresh->database()));
    EXPECT_TRUE(std::filesystem::exists(m_folder / "library_v2.db.bak-2"));
}

TEST_F(SchemasTest, LibraryOfVersion4) {
    const auto store = must(LibraryStore::open(load("library_v4"), Access::Checkpointer));
    EXPECT_TRUE(must(store->check()).empty());
    Conversations conversations(store->database());
    const auto rows = must(conversations.list());
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].title, "The dome");
    EXPECT_EQ(rows[0].model, "");                   // the default goes on answering
    EXPECT_EQ(rows[0].titledBy, TitledBy::Person);  // perhaps it was
    EXPECT_FALSE(must(conversations.retitle(1, "A model's")));
    EXPECT_EQ(must(Traces(store->database()).list(10)).size(), 1u);
    EXPECT_EQ(must(Spendings(store->database()).sums("2026-11-22")).dayPicoUsd, 12'000'000);
    const auto fresh = must(LibraryStore::open(m_folder / "fresh.db", Access::Checkpointer));
    EXPECT_EQ(schemaOf(store->database()), schemaOf(fresh->database()));
    EXPECT_TRUE(std::filesystem::exists(m_folder / "library_v4.db.bak-4"));
}

TEST_F(SchemasTest, LibraryNeverPointsIntoTheIndex) {
    const auto store = must(LibraryStore::open(m_folder / "library.db", Access::Checkpointer));
    EXPECT_EQ(schemaOf(store->database()).find("document_id"), std::string::npos);
    EXPECT_EQ(schemaOf(store->database()).find("chunk_id"), std::string::npos);
}

}  // namespace
}  // namespace commonplace::store
