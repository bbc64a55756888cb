// Traces: how questions went and what they cost, in library.db.
//
// Nobody waits for a trace: add() is one short transaction that is not synced to the disk by itself, and
// gives up (Busy) when another process holds the database for longer than a quarter of a second. What is kept
// is bounded in number and in days; what is too old goes with later additions, a batch at a time.
//
// Content (what a person wrote, a document says, a model answered) stands in a column of its own.
//
// Thread: that of the Database it is made from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/store/database.h"
#include "engine/trace/span.h"

namespace commonplace::store {

constexpr int kTracesKept = 10'000;
constexpr int kTracesPerBatch = 100;  ///< deleted in one transaction

/// Tokens and money of some model calls. Absent: not one of them reported it.
struct Spent {
    std::int64_t calls = 0;
    std::optional<std::int64_t> inputTokens;
    std::optional<std::int64_t> outputTokens;
    std::optional<double> costUsd;
    std::int64_t callsWithoutCost = 0;
    std::int64_t callsWithoutTokens = 0;  ///< lack the count of either; a call that failed mostly does
};

struct TraceSummary {
    trace::TraceId id{};
    trace::SpanData root;
    Spent spent;
};

/// The calls of one model on one day (UTC). Latencies: from the question to the last word, by nearest rank.
struct ModelDay {
    std::string day;  ///< "2026-03-14"
    std::string model;
    std::string provider;
    Spent spent;
    std::int64_t failed = 0;
    double p50Ms = 0;
    double p95Ms = 0;
};

class Traces final {
  public:
    explicit Traces(Database& database) : m_database(database) {}

    /// Adds a trace and deletes a batch of those that are older than `keepDays`, or beyond the newest
    /// kTracesKept.
    Result<void> add(const trace::Trace& trace, int keepDays);

    /// Newest first.
    Result<std::vector<TraceSummary>> list(std::size_t limit);
    /// The one whose id begins with these hexadecimal digits. InvalidArgument: no such digits, or several do.
    /// NotFound.
    Result<trace::Trace> find(std::string_view digits);
    /// Visits the newest, one at a time, newest first; an error of the visitor ends it.
    Result<void> each(std::size_t limit, const std::function<Result<void>(const trace::Trace&)>& visit);
    /// Of today and the `days` - 1 days before it; newest day first, then by model.
    Result<std::vector<ModelDay>> usage(int days);

    /// Deletes all, in batches; returns how many there were.
    Result<std::int64_t> clear();
    /// Erases content and keeps the rest; returns from how many spans.
    Result<std::int64_t> eraseContent();

  private:
    Result<trace::Trace> read(std::int64_t row);

    Database& m_database;
};

}  // namespace commonplace::store
