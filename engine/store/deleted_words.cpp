#include "engine/store/deleted_words.h"

#include "engine/store/errors.h"
#include "engine/store/query.h"

namespace commonplace::store {
namespace {

constexpr int kPagesPerMerge = 500;

}  // namespace

// FTS5's documentation, 6.8: a negative number begins to merge all segments, and a step that changes fewer
// than two rows was the last.
Result<void> eraseDeletedWords(Database::Handle& handle, const char* mergeSql, const std::stop_token& stop) {
    for (int pages = -kPagesPerMerge;; pages = kPagesPerMerge) {
        if (stop.stop_requested()) return Error(ErrorCode::Cancelled, "stopped; the rest goes next time");
        const int before = handle.connection.getTotalChanges();
        TRY_VOID(writing(handle, "erasing words", [&]() -> Result<void> {
            Query(handle, mergeSql).run(pages);
            return {};
        }));
        if (handle.connection.getTotalChanges() - before < 2) return {};
    }
}

}  // namespace commonplace::store
