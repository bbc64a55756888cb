// What the methods of IndexStore share, and the small steps that several of them take. Internal to this room;
// the free functions may throw SQLite::Exception and expect to run inside a transaction.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/store/handle.h"
#include "engine/store/index_store.h"

namespace commonplace::store {

struct IndexStore::State {
    std::unique_ptr<Database> database;
    Database::Handle& handle;
};

std::optional<PathState> parsePathState(std::string_view name);

/// Points the path to a document; a trigger deletes its former one when no other path shows that.
void upsertPath(Database::Handle& handle, const FileFacts& file, DocumentId document);

/// Gives a segment the vector that an equal text has in this space already. False when there is none.
struct SegmentKey {
    DocumentId document = 0;
    ChunkId chunk = 0;
    int segment = 0;
    const document::SegmentHash& hash;
};
bool copyVector(Database::Handle& handle, std::int64_t space, const SegmentKey& key);

/// Half-open range of paths below a folder: everything that starts with "folder/".
struct PathRange {
    std::string self;  ///< the folder itself
    std::string first;
    std::string last;  ///< excluded
};
/// `root` without slashes at its end; "" and "/" are everything.
PathRange pathRange(const std::string& root);

}  // namespace commonplace::store
