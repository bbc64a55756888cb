#include "engine/store/traces.h"

#include <sqlite3.h>

#include <algorithm>

#include "engine/store/errors.h"
#include "engine/store/query.h"
#include "engine/store/span_codec.h"

namespace commonplace::store {
namespace {

constexpr int kPatienceMs = 250;

/// While it lives, commits are not synced to the disk and nobody waits long for a lock. The log of earlier
/// commits stays whole: a power cut may take the ones made meanwhile, and nothing else
/// (sqlite.org/pragma.html, synchronous). Inside a transaction it changes nothing.
class Unhurried final {
  public:
    explicit Unhurried(Database::Handle& handle)
        : m_connection(handle.connection),
          m_patienceMs(static_cast<int>(handle.spec.patience.count())),
          m_isOn(handle.spec.durability == Durability::Full &&
                 sqlite3_get_autocommit(m_connection.getHandle()) != 0) {
        if (!m_isOn) return;
        m_connection.tryExec("PRAGMA synchronous = NORMAL");
        sqlite3_busy_timeout(m_connection.getHandle(), kPatienceMs);
    }
    ~Unhurried() {
        if (!m_isOn) return;
        sqlite3_busy_timeout(m_connection.getHandle(), m_patienceMs);
        m_connection.tryExec("PRAGMA synchronous = FULL");
    }
    Unhurried(const Unhurried&) = delete;
    Unhurried& operator=(const Unhurried&) = delete;

  private:
    SQLite::Database& m_connection;
    int m_patienceMs;
    bool m_isOn;
};

/// Deletes a batch of those before a moment and of those that are too many; returns how many went.
std::int64_t deleteBatch(Database::Handle& handle, std::int64_t beforeNs, int most) {
    return Query(handle,
                 "DELETE FROM trace WHERE id IN (SELECT id FROM trace WHERE start_ns < max(?1,"
                 " coalesce((SELECT start_ns FROM trace ORDER BY start_ns DESC LIMIT 1 OFFSET ?2), ?1))"
                 " ORDER BY start_ns LIMIT ?3)")
        .run(beforeNs, most - 1, kTracesPerBatch);
}

bool isDigits(std::string_view text) {
    return !text.empty() && text.size() <= 2 * trace::TraceId().size() &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
           });
}

template <class Type, class Read>
std::optional<Type> known(const Query& row, int column, const Read& read) {
    return row.isNull(column) ? std::nullopt : std::optional<Type>(read(column));
}

/// From six columns: calls, tokens in, tokens out, cost, calls whose cost is known, whose tokens are.
Spent spentOf(const Query& row, int first) {
    const auto whole = [&row](int column) { return row.integer(column); };
    const auto real = [&row](int column) { return row.real(column); };
    Spent spent;
    spent.calls = row.integer(first);
    spent.inputTokens = known<std::int64_t>(row, first + 1, whole);
    spent.outputTokens = known<std::int64_t>(row, first + 2, whole);
    spent.costUsd = known<double>(row, first + 3, real);
    spent.callsWithoutCost = spent.calls - row.integer(first + 4);
    spent.callsWithoutTokens = spent.calls - row.integer(first + 5);
    return spent;
}

std::string lowered(std::string_view digits) {
    std::string text(digits);
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

}  // namespace

Result<void> Traces::add(const trace::Trace& trace, int keepDays) {
    if (trace.spans.empty()) return Error(ErrorCode::InvalidArgument, "a trace without spans");
    Database::Handle& handle = m_database.handle();
    const Unhurried unhurried(handle);
    return writing(handle, "storing a trace", [&]() -> Result<void> {
        const std::int64_t start = trace.spans.front().startNs;
        const std::string id(trace::bytesOf(trace.id));
        Query(handle, "INSERT INTO trace(trace_id, start_ns) VALUES (?, ?)").run(Blob{id}, start);
        const std::int64_t row = handle.connection.getLastInsertRowid();
        int ordinal = 0;
        for (const trace::SpanData& span : trace.spans) insertSpan(handle, row, ordinal++, span);
        constexpr std::int64_t kDayNs = 86'400'000'000'000;
        deleteBatch(handle, start - std::max(keepDays, 1) * kDayNs, kTracesKept);
        return {};
    });
}

Result<std::vector<TraceSummary>> Traces::list(std::size_t limit) {
    Database::Handle& handle = m_database.handle();
    return reading(handle, "listing traces", [&]() -> Result<std::vector<TraceSummary>> {
        std::vector<TraceSummary> rows;
        Query query(handle,
                    "SELECT " COMMONPLACE_SPAN_COLUMNS
                    ", trace.trace_id, count(call.id), sum(call.input_tokens), sum(call.output_tokens),"
                    " sum(call.cost_usd), count(call.cost_usd), count(call.input_tokens + call.output_tokens)"
                    " FROM (SELECT * FROM trace ORDER BY start_ns DESC, id DESC LIMIT ?) AS trace"
                    " JOIN span ON span.trace_row = trace.id AND span.ordinal = 0"
                    " LEFT JOIN span AS call ON call.trace_row = trace.id AND call.operation = 'chat'"
                    " GROUP BY trace.id ORDER BY trace.start_ns DESC, trace.id DESC");
        query.bind(limit);
        while (query.step()) {
            TraceSummary row;
            TRY(row.root, spanOf(query));
            row.id = trace::traceIdFrom(query.bytes(10)).value_or(trace::TraceId{});
            row.spent = spentOf(query, 11);
            rows.push_back(std::move(row));
        }
        return rows;
    });
}

Result<trace::Trace> Traces::read(std::int64_t row) {
    Database::Handle& handle = m_database.handle();
    trace::Trace trace;
    Query head(handle, "SELECT trace_id FROM trace WHERE id = ?");
    head.bind(row);
    if (head.step()) trace.id = trace::traceIdFrom(head.bytes(0)).value_or(trace::TraceId{});
    Query query(handle, "SELECT " COMMONPLACE_SPAN_COLUMNS " FROM span WHERE trace_row = ? ORDER BY ordinal");
    query.bind(row);
    while (query.step()) {
        TRY(trace::SpanData span, spanOf(query));
        trace.spans.push_back(std::move(span));
    }
    return trace;
}

Result<trace::Trace> Traces::find(std::string_view digits) {
    if (!isDigits(digits))
        return Error(
            ErrorCode::InvalidArgument,
            "a trace is named by the first of its 32 hexadecimal digits; 'commonplace trace' lists them");
    Database::Handle& handle = m_database.handle();
    return reading(handle, "looking for a trace", [&]() -> Result<trace::Trace> {
        Query query(handle, "SELECT id FROM trace WHERE lower(hex(trace_id)) GLOB ? || '*' LIMIT 2");
        query.bind(lowered(digits));
        if (!query.step())
            return Error(ErrorCode::NotFound, "no trace begins with " + lowered(digits) +
                                                  "; 'commonplace trace' lists those there are");
        const std::int64_t row = query.integer(0);
        if (query.step())
            return Error(ErrorCode::InvalidArgument,
                         "several traces begin with " + lowered(digits) + ": add more digits");
        return read(row);
    });
}

Result<void> Traces::each(std::size_t limit, const std::function<Result<void>(const trace::Trace&)>& visit) {
    Database::Handle& handle = m_database.handle();
    return reading(handle, "reading traces", [&]() -> Result<void> {
        Query query(handle, "SELECT id FROM trace ORDER BY start_ns DESC, id DESC LIMIT ?");
        query.bind(limit);
        while (query.step()) {
            TRY(const trace::Trace trace, read(query.integer(0)));
            TRY_VOID(visit(trace));
        }
        return {};
    });
}

Result<std::vector<ModelDay>> Traces::usage(int days) {
    Database::Handle& handle = m_database.handle();
    return reading(handle, "counting what was used", [&]() -> Result<std::vector<ModelDay>> {
        std::vector<ModelDay> rows;
        Query query(
            handle,
            "SELECT day, model, provider, count(*), sum(input_tokens), sum(output_tokens), sum(cost_usd),"
            " count(cost_usd), count(input_tokens + output_tokens), sum(failed),"
            " min(CASE WHEN place * 100 >= calls * 50 THEN ms END),"
            " min(CASE WHEN place * 100 >= calls * 95 THEN ms END)"
            " FROM (SELECT *, row_number() OVER (PARTITION BY day, model, provider ORDER BY ms) AS place,"
            "  count(*) OVER (PARTITION BY day, model, provider) AS calls"
            "  FROM (SELECT date(start_ns / 1000000000, 'unixepoch') AS day, coalesce(model, '') AS model,"
            "   coalesce(provider, '') AS provider, input_tokens, output_tokens, cost_usd,"
            "   (end_ns - start_ns) / 1e6 AS ms, status = 'error' AS failed FROM span"
            "   WHERE operation = 'chat'"
            "   AND start_ns >= unixepoch('now', 'start of day', ?1) * 1000000000))"
            " GROUP BY day, model, provider ORDER BY day DESC, model, provider");
        query.bind("-" + std::to_string(std::clamp(days, 1, 100'000) - 1) + " days");
        while (query.step()) {
            ModelDay row{query.text(0), query.text(1), query.text(2), spentOf(query, 3)};
            row.failed = query.integer(9);
            row.p50Ms = query.real(10);
            row.p95Ms = query.real(11);
            rows.push_back(std::move(row));
        }
        return rows;
    });
}

Result<std::int64_t> Traces::clear() {
    Database::Handle& handle = m_database.handle();
    std::int64_t all = 0;
    for (std::int64_t batch = kTracesPerBatch; batch >= kTracesPerBatch; all += batch) {
        TRY(batch, writing(handle, "deleting traces", [&]() -> Result<std::int64_t> {
                return Query(handle, "DELETE FROM trace WHERE id IN (SELECT id FROM trace LIMIT ?)")
                    .run(kTracesPerBatch);
            }));
    }
    return all;
}

Result<std::int64_t> Traces::eraseContent() {
    Database::Handle& handle = m_database.handle();
    std::int64_t all = 0;
    for (std::int64_t batch = kTracesPerBatch; batch >= kTracesPerBatch; all += batch) {
        TRY(batch, writing(handle, "erasing the content of traces", [&]() -> Result<std::int64_t> {
                return Query(handle,
                             "UPDATE span SET content = NULL WHERE id IN"
                             " (SELECT id FROM span WHERE content IS NOT NULL LIMIT ?)")
                    .run(kTracesPerBatch);
            }));
    }
    return all;
}

}  // namespace commonplace::store
