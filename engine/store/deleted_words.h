// What FTS5 remembers of deleted rows: their words stay in its segments, marked as deleted, until those are
// merged. Internal to this room.
#pragma once

#include <stop_token>

#include "engine/base/result.h"
#include "engine/store/handle.h"

namespace commonplace::store {

/// Merges all segments of a table, a few at a time. `mergeSql`: "INSERT INTO t(t, rank) VALUES ('merge', ?)",
/// a literal. Cancelled: the rest goes next time.
Result<void> eraseDeletedWords(Database::Handle& handle, const char* mergeSql, const std::stop_token& stop);

}  // namespace commonplace::store
