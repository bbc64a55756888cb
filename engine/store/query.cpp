#include "engine/store/query.h"

#include <sqlite3.h>

#include <climits>

namespace commonplace::store {
namespace {

/// SQLiteCpp passes sizes as int: more would wrap to "until the first NUL".
void refuseHuge(std::string_view bytes) {
    if (bytes.size() > INT_MAX) throw SQLite::Exception("a value is longer than 2 GB", SQLITE_TOOBIG);
}

}  // namespace

Query::Query(Database::Handle& handle, const char* sql)
    : m_handle(handle), m_sql(sql), m_statement(handle.lease(sql)) {}

Query::~Query() {
    m_handle.giveBack(m_sql, std::move(m_statement));
}

bool Query::step() {
    return m_statement->executeStep();
}

int Query::finish() {
    while (m_statement->executeStep()) {
    }
    const int changed = m_statement->getChanges();
    m_statement->tryReset();
    return changed;
}

std::int64_t Query::integer(int column) const {
    return m_statement->getColumn(column).getInt64();
}
double Query::real(int column) const {
    return m_statement->getColumn(column).getDouble();
}
bool Query::isNull(int column) const {
    return m_statement->isColumnNull(column);
}

std::string_view Query::bytes(int column) const {
    const SQLite::Column value = m_statement->getColumn(column);
    const char* data = static_cast<const char*>(value.getBlob());
    return {data ? data : "", static_cast<std::size_t>(value.getBytes())};
}

void Query::bindInteger(int at, std::int64_t value) {
    m_statement->bind(at, value);
}
void Query::bindOne(int at, double value) {
    m_statement->bind(at, value);
}
void Query::bindOne(int at, const std::string& text) {
    refuseHuge(text);
    m_statement->bind(at, text);
}
void Query::bindOne(int at, const char* text) {
    m_statement->bind(at, text);
}
void Query::bindOne(int at, std::nullopt_t) {
    m_statement->bind(at);
}

void Query::bindOne(int at, Blob blob) {
    refuseHuge(blob.bytes);
    const char* data =
        blob.bytes.data() ? blob.bytes.data() : "";  // a null pointer would be NULL, not an empty blob
    m_statement->bind(at, data, static_cast<int>(blob.bytes.size()));
}

}  // namespace commonplace::store
