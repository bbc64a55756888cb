// Database::Handle: the SQLiteCpp connection behind a Database, its prepared statements and its open
// transactions. Internal to this room. Everything here may throw SQLite::Exception; guarded() (errors.h) is
// where that ends.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/store/database.h"

namespace commonplace::store {

/// Thrown when SQLite has undone the whole transaction on its own (disk full, I/O error) and somebody goes
/// on: the next statement would commit by itself.
struct TransactionLost {};

struct Database::Handle {
    explicit Handle(const DatabaseSpec& spec);

    /// A prepared statement for this SQL, idle. `sql` must live as long as the program (a literal).
    std::unique_ptr<SQLite::Statement> lease(const char* sql);
    void giveBack(const char* sql, std::unique_ptr<SQLite::Statement> statement) noexcept;

    DatabaseSpec spec;
    std::string fileName;  ///< without its folder, for messages
    SQLite::Database connection;

  private:
    friend class Transaction;
    void refuseIfLost() const;

    std::unordered_map<std::string_view, std::vector<std::unique_ptr<SQLite::Statement>>> m_idle;
    int m_depth = 0;  ///< open Transactions
};

/// One transaction, or a savepoint inside another one; rolled back by the destructor unless committed.
class Transaction final {
  public:
    enum class Kind { Read, Write };
    /// Read: what follows sees one state of the database. Write: takes the write lock now, so that no
    /// statement in it can meet a busy database.
    Transaction(Database::Handle& handle, Kind kind);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

  private:
    void finishWork();

    Database::Handle& m_handle;
    Kind m_kind;
    bool m_outermost;
    bool m_open = true;
};

}  // namespace commonplace::store
