// A span as its row: what the columns of `span` hold (SCHEMA.md). Internal to this room; may throw
// SQLite::Exception.
#pragma once

#include "engine/base/result.h"
#include "engine/store/query.h"
#include "engine/trace/span.h"

namespace commonplace::store {

/// The columns in the order that spanOf() reads them; begins a SELECT.
#define COMMONPLACE_SPAN_COLUMNS                                                                    \
    "span.span_id, span.parent_id, span.name, span.kind, span.start_ns, span.end_ns, span.status, " \
    "span.attributes, span.events, span.content"

void insertSpan(Database::Handle& handle, std::int64_t traceRow, int ordinal, const trace::SpanData& span);
/// Corrupt when a column holds what was never written.
Result<trace::SpanData> spanOf(const Query& row);

}  // namespace commonplace::store
