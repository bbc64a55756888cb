#include "engine/store/handle.h"

#include <sqlite3.h>

namespace commonplace::store {
namespace {

/// Absolute: Debian's SQLite reads a name that begins with "file:" as a URI.
std::string nativeName(const std::filesystem::path& file) {
    return std::filesystem::absolute(file).native();
}

}  // namespace

Database::Handle::Handle(const DatabaseSpec& wanted)
    : spec(wanted),
      fileName(wanted.file.filename().native()),
      connection(nativeName(wanted.file), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE,
                 static_cast<int>(wanted.patience.count())) {}

std::unique_ptr<SQLite::Statement> Database::Handle::lease(const char* sql) {
    refuseIfLost();
    auto& idle = m_idle[sql];
    if (idle.empty()) return std::make_unique<SQLite::Statement>(connection, sql);
    auto statement = std::move(idle.back());
    idle.pop_back();
    return statement;
}

void Database::Handle::giveBack(const char* sql, std::unique_ptr<SQLite::Statement> statement) noexcept try {
    statement->tryReset();
    statement->clearBindings();
    m_idle[sql].push_back(std::move(statement));
} catch (...) {
    // It is prepared again next time.
}

void Database::Handle::refuseIfLost() const {
    if (m_depth > 0 && sqlite3_get_autocommit(connection.getHandle()) != 0) throw TransactionLost{};
}

Transaction::Transaction(Database::Handle& handle, Kind kind)
    : m_handle(handle), m_kind(kind), m_outermost(handle.m_depth == 0) {
    handle.refuseIfLost();
    const char* begin = kind == Kind::Write ? "BEGIN IMMEDIATE" : "BEGIN";
    handle.connection.exec(m_outermost ? begin : "SAVEPOINT step");
    ++handle.m_depth;
}

Transaction::~Transaction() {
    --m_handle.m_depth;
    if (!m_open) return;
    m_handle.connection.tryExec(m_outermost ? "ROLLBACK" : "ROLLBACK TO step; RELEASE step");
}

void Transaction::finishWork() {
    const char* sql = m_handle.spec.beforeCommit;
    if (sql == nullptr || !m_outermost || m_kind == Kind::Read) return;
    auto statement = m_handle.lease(sql);
    statement->exec();
    m_handle.giveBack(sql, std::move(statement));
}

void Transaction::commit() {
    finishWork();
    m_handle.refuseIfLost();
    m_handle.connection.exec(m_outermost ? "COMMIT" : "RELEASE step");
    m_open = false;
}

}  // namespace commonplace::store
