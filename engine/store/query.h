// Query: one run of a prepared statement. Leased from the connection's cache, given back (reset) by the
// destructor: a statement that is not reset would keep its read transaction open. Internal to this room; may
// throw SQLite::Exception.
//
//     Query query(handle, "SELECT title FROM document WHERE id = ?");
//     query.bind(id);
//     while (query.step()) titles.push_back(query.text(0));
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/store/handle.h"

namespace commonplace::store {

/// Bytes that are no text: paths, hashes, vectors.
struct Blob {
    std::string_view bytes;
};

class Query final {
  public:
    /// `sql` must be a literal.
    Query(Database::Handle& handle, const char* sql);
    ~Query();
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    /// Binds all parameters, in order; values are copied.
    template <class... Values>
    Query& bind(const Values&... values) {
        int at = 0;
        (bindOne(++at, values), ...);
        return *this;
    }
    /// The next row; false at the end.
    bool step();
    /// Binds, runs to the end, resets: for INSERT, UPDATE, DELETE. Returns the number of rows changed.
    template <class... Values>
    int run(const Values&... values) {
        bind(values...);
        return finish();
    }

    std::int64_t integer(int column) const;
    int small(int column) const { return static_cast<int>(integer(column)); }
    double real(int column) const;
    /// The bytes of a TEXT or BLOB, valid until the next step.
    std::string_view bytes(int column) const;
    std::string text(int column) const { return std::string(bytes(column)); }
    bool isNull(int column) const;

  private:
    void bindOne(int at, std::integral auto value) { bindInteger(at, static_cast<std::int64_t>(value)); }
    void bindOne(int at, double value);
    void bindOne(int at, const std::string& text);
    void bindOne(int at, const char* text);
    void bindOne(int at, Blob blob);
    void bindOne(int at, std::nullopt_t);
    template <class Value>
    void bindOne(int at, const std::optional<Value>& value) {
        value ? bindOne(at, *value) : bindOne(at, std::nullopt);
    }
    void bindInteger(int at, std::int64_t value);
    int finish();

    Database::Handle& m_handle;
    const char* m_sql;
    std::unique_ptr<SQLite::Statement> m_statement;
};

/// The single integer that a SELECT gives.
template <class... Values>
std::int64_t scalar(Database::Handle& handle, const char* sql, const Values&... values) {
    Query query(handle, sql);
    query.bind(values...);
    return query.step() ? query.integer(0) : 0;
}

}  // namespace commonplace::store
