// Vectors: spaces, what is pending, what is known, and what a resident copy reads.
#include <algorithm>
#include <set>

#include "engine/base/clock.h"
#include "engine/store/errors.h"
#include "engine/store/index_state.h"
#include "engine/store/query.h"
#include "engine/store/segment_codec.h"

namespace commonplace::store {

bool copyVector(Database::Handle& handle, std::int64_t space, const SegmentKey& key) {
    return Query(handle,
                 "INSERT INTO vector(space_id, document_id, chunk_id, segment, hash, value)"
                 " SELECT space_id, ?3, ?4, ?5, hash, value FROM vector WHERE space_id = ?1 AND hash = ?2 "
                 "LIMIT 1")
               .run(space, Blob{key.hash}, key.document, key.chunk, key.segment) > 0;
}

namespace {

struct ChunkKey {
    DocumentId document = 0;
    ChunkId chunk = 0;
};

std::vector<ChunkKey> firstPending(Database::Handle& handle, std::int64_t space, std::size_t limit) {
    std::vector<ChunkKey> keys;
    Query query(handle,
                "SELECT document_id, chunk_id FROM pending WHERE space_id = ?"
                " ORDER BY document_id DESC, chunk_id LIMIT ?");
    query.bind(space, limit);
    while (query.step()) keys.push_back({query.integer(0), query.integer(1)});
    return keys;
}

std::set<int> segmentsWithVector(Database::Handle& handle, std::int64_t space, const ChunkKey& key) {
    std::set<int> segments;
    Query query(handle, "SELECT segment FROM vector WHERE document_id = ? AND chunk_id = ? AND space_id = ?");
    query.bind(key.document, key.chunk, space);
    while (query.step()) segments.insert(query.small(0));
    return segments;
}

/// The segments that need the embedder, after those whose text is known by now have got their vector.
std::vector<int> stillMissing(Database::Handle& handle, std::int64_t space, const ChunkKey& key,
                              const std::vector<document::Segment>& segments) {
    const std::set<int> present = segmentsWithVector(handle, space, key);
    std::vector<int> missing;
    for (int i = 0; i < static_cast<int>(segments.size()); ++i) {
        const SegmentKey segment{key.document, key.chunk, i, segments[static_cast<std::size_t>(i)].hash};
        if (!present.contains(i) && !copyVector(handle, space, segment)) missing.push_back(i);
    }
    return missing;
}

Result<PendingChunk> pendingChunk(Database::Handle& handle, std::int64_t space, const ChunkKey& key) {
    Query query(handle, "SELECT text, segments FROM chunk WHERE id = ?");
    query.bind(key.chunk);
    if (!query.step())
        return Error(ErrorCode::Corrupt, "a pending chunk does not exist; run doctor --repair");
    PendingChunk pending{key.chunk, key.document, query.text(0), {}, {}};
    TRY(pending.segments, decodeSegments(query.bytes(1), pending.text.size()));
    pending.missing = stillMissing(handle, space, key, pending.segments);
    return pending;
}

bool exists(Database::Handle& handle, std::int64_t space, const NewVector& vector) {
    return scalar(handle,
                  "SELECT count(*) FROM vector WHERE space_id = ? AND document_id ="
                  " (SELECT document_id FROM chunk WHERE id = ?2) AND chunk_id = ?2 AND segment = ?",
                  space, vector.chunk, vector.segment) != 0;
}

Result<void> storeVector(Database::Handle& handle, std::int64_t space, const NewVector& vector) {
    const int stored =
        Query(handle,
              "INSERT INTO vector(space_id, document_id, chunk_id, segment, hash, value)"
              " SELECT ?1, document_id, id, ?3, ?4, ?5 FROM chunk"
              " WHERE id = ?2 AND substr(segments, ?3 * 24 + 9, 16) = ?4 ON CONFLICT DO NOTHING")
            .run(space, vector.chunk, vector.segment, Blob{vector.hash}, Blob{vector.packed});
    if (stored > 0 || exists(handle, space, vector)) return {};
    if (scalar(handle, "SELECT count(*) FROM chunk WHERE id = ?", vector.chunk) == 0) return {};
    return Error(ErrorCode::InvalidArgument, "a vector was made for another text than its segment's");
}

Result<std::int64_t> findSpace(Database::Handle& handle, const std::string& fingerprint,
                               std::size_t dimension) {
    Query query(handle, "SELECT id, dimension FROM space WHERE fingerprint = ?");
    query.bind(fingerprint);
    if (!query.step()) return std::int64_t{0};
    if (query.integer(1) != static_cast<std::int64_t>(dimension))
        return Error(ErrorCode::InvalidArgument, "the model " + fingerprint + " had " +
                                                     std::to_string(query.integer(1)) + " dimensions, now " +
                                                     std::to_string(dimension) +
                                                     "; a changed model needs another fingerprint");
    return query.integer(0);
}

}  // namespace

Result<std::int64_t> IndexStore::space(const std::string& fingerprint, std::size_t dimension,
                                       IfMissing ifMissing) {
    Database::Handle& handle = m_state->handle;
    TRY(const std::int64_t known, guarded(handle, "looking for a vector space",
                                          [&] { return findSpace(handle, fingerprint, dimension); }));
    if (known != 0 || ifMissing == IfMissing::Report) return known;
    return writing(handle, "making a vector space", [&]() -> Result<std::int64_t> {
        TRY(const std::int64_t made,
            findSpace(handle, fingerprint, dimension));  // by another process, just now
        if (made != 0) return made;
        Query(handle, "INSERT INTO space(fingerprint, dimension, created_at) VALUES (?, ?, ?)")
            .run(fingerprint, dimension, base::nowUtc());
        return findSpace(handle, fingerprint, dimension);
    });
}

Result<std::vector<PendingChunk>> IndexStore::pendingChunks(std::int64_t space, std::size_t limit) {
    Database::Handle& handle = m_state->handle;
    return writing(handle, "looking for passages to embed", [&]() -> Result<std::vector<PendingChunk>> {
        std::vector<PendingChunk> chunks;
        for (;;) {
            const std::vector<ChunkKey> keys = firstPending(handle, space, limit);
            for (const ChunkKey& key : keys) {
                TRY(PendingChunk chunk, pendingChunk(handle, space, key));
                if (!chunk.missing.empty()) chunks.push_back(std::move(chunk));
            }
            if (keys.empty() || !chunks.empty()) return chunks;
        }
    });
}

Result<std::int64_t> IndexStore::pendingCount(std::int64_t space) {
    return guarded(m_state->handle, "counting", [&]() -> Result<std::int64_t> {
        return scalar(m_state->handle, "SELECT count(*) FROM pending WHERE space_id = ?", space);
    });
}

Result<std::unordered_map<DocumentId, std::int64_t>> IndexStore::pendingByDocument(std::int64_t space) {
    Database::Handle& handle = m_state->handle;
    return reading(handle, "counting", [&]() -> Result<std::unordered_map<DocumentId, std::int64_t>> {
        std::unordered_map<DocumentId, std::int64_t> pending;
        Query query(handle,
                    "SELECT document_id, count(*) FROM pending WHERE space_id = ? GROUP BY document_id");
        query.bind(space);
        while (query.step()) pending[query.integer(0)] = query.integer(1);
        return pending;
    });
}

Result<void> IndexStore::storeVectors(std::int64_t space, std::span<const NewVector> vectors) {
    Database::Handle& handle = m_state->handle;
    return writing(handle, "storing vectors", [&]() -> Result<void> {
        if (scalar(handle, "SELECT count(*) FROM space WHERE id = ?", space) == 0)
            return Error(ErrorCode::NotFound, "there is no such vector space in the index");
        for (const NewVector& vector : vectors) TRY_VOID(storeVector(handle, space, vector));
        return {};
    });
}

Result<std::int64_t> IndexStore::vectorsAfter(std::int64_t space, std::int64_t after, const EachVector& each,
                                              std::stop_token stop) {
    return guarded(m_state->handle, "reading vectors", [&]() -> Result<std::int64_t> {
        // Up to here nothing is missed below, whatever is written meanwhile: what another space got in the
        // meantime need not be passed over again and again.
        const std::int64_t newest = scalar(m_state->handle, "SELECT coalesce(max(id), 0) FROM vector");
        Query query(m_state->handle,
                    "SELECT id, document_id, chunk_id, segment, value FROM vector NOT INDEXED"
                    " WHERE id > ? AND space_id = ? ORDER BY id");
        query.bind(after, space);
        std::int64_t last = after;
        while (query.step()) {
            if (stop.stop_requested()) return Error(ErrorCode::Cancelled, "reading vectors was stopped");
            const VectorRow row{query.integer(0), query.integer(1), query.integer(2), query.small(3),
                                query.bytes(4)};
            TRY_VOID(each(row));
            last = row.id;
        }
        return std::max(last, newest);
    });
}

Result<Tombstones> IndexStore::deletedAfter(std::int64_t tombstone) {
    return guarded(m_state->handle, "reading what was deleted", [&]() -> Result<Tombstones> {
        Tombstones deleted{{}, tombstone};
        Query query(m_state->handle, "SELECT id, document_id FROM tombstone WHERE id > ? ORDER BY id");
        query.bind(tombstone);
        while (query.step()) {
            deleted.newest = query.integer(0);
            deleted.documents.push_back(query.integer(1));
        }
        return deleted;
    });
}

}  // namespace commonplace::store
