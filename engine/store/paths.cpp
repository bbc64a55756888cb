// Where contents were last seen.
#include <algorithm>

#include "engine/store/errors.h"
#include "engine/store/index_state.h"
#include "engine/store/query.h"

namespace commonplace::store {

const char* name(PathState state) {
    switch (state) {
        case PathState::Present:
            return "present";
        case PathState::Missing:
            return "missing";
        case PathState::Offline:
            return "offline";
    }
    return "present";
}

std::optional<PathState> parsePathState(std::string_view wanted) {
    for (const PathState state : {PathState::Present, PathState::Missing, PathState::Offline})
        if (wanted == name(state)) return state;
    return std::nullopt;
}

PathRange pathRange(const std::string& root) {
    const std::size_t last = root.find_last_not_of('/');
    if (last == std::string::npos) return {"", "", std::string(8, '\xFF')};  // after every path there is
    const std::string self = root.substr(0, last + 1);
    return {self, self + '/', self + static_cast<char>('/' + 1)};
}

void upsertPath(Database::Handle& handle, const FileFacts& file, DocumentId document) {
    Query(handle,
          "INSERT INTO path(path, document_id, bytes, mtime_ns, state) VALUES (?, ?, ?, ?, 'present')"
          " ON CONFLICT(path) DO UPDATE SET document_id = excluded.document_id, bytes = excluded.bytes,"
          " mtime_ns = excluded.mtime_ns, state = excluded.state")
        .run(Blob{file.path}, document, file.bytes, file.mtimeNs);
}

namespace {

KnownPath knownPath(const Query& row) {
    KnownPath known;
    known.file = {row.text(0), static_cast<std::uint64_t>(row.integer(1)), row.integer(2)};
    known.state = parsePathState(row.bytes(3)).value_or(PathState::Present);
    known.document = row.integer(4);
    if (!row.isNull(5)) known.sha256 = row.text(5);
    known.status = document::parseStatus(row.bytes(6)).value_or(document::Status::Pending);
    known.extractor = row.text(7);
    return known;
}

}  // namespace

Result<void> IndexStore::pointPath(const FileFacts& file, DocumentId document) {
    Database::Handle& handle = m_state->handle;
    return writing(handle, "storing a path", [&]() -> Result<void> {
        if (scalar(handle, "SELECT count(*) FROM document WHERE id = ?", document) == 0)
            return Error(ErrorCode::NotFound, "there is no such document in the index");
        upsertPath(handle, file, document);
        return {};
    });
}

Result<void> IndexStore::setPathState(std::span<const std::string> paths, PathState state) {
    if (paths.empty()) return {};
    return writing(m_state->handle, "storing where files are", [&]() -> Result<void> {
        Query update(m_state->handle, "UPDATE path SET state = ? WHERE path = ?");
        for (const std::string& path : paths) update.run(name(state), Blob{path});
        return {};
    });
}

Result<void> IndexStore::removePaths(std::span<const std::string> paths) {
    if (paths.empty()) return {};
    return writing(m_state->handle, "removing files", [&]() -> Result<void> {
        Query remove(m_state->handle, "DELETE FROM path WHERE path = ?");
        for (const std::string& path : paths) remove.run(Blob{path});
        return {};
    });
}

Result<std::vector<KnownPath>> IndexStore::pathsUnder(const std::string& root) {
    return guarded(m_state->handle, "listing paths", [&]() -> Result<std::vector<KnownPath>> {
        const PathRange range = pathRange(root);
        Query query(m_state->handle,
                    "SELECT p.path, p.bytes, p.mtime_ns, p.state, d.id, d.sha256, d.status, d.extractor"
                    " FROM path p JOIN document d ON d.id = p.document_id"
                    " WHERE p.path = ?1 OR (p.path >= ?2 AND p.path < ?3) ORDER BY p.path");
        query.bind(Blob{range.self}, Blob{range.first}, Blob{range.last});
        std::vector<KnownPath> paths;
        while (query.step()) paths.push_back(knownPath(query));
        return paths;
    });
}

Result<bool> IndexStore::knowsFilesUnder(const std::string& root) {
    return guarded(m_state->handle, "looking for paths", [&]() -> Result<bool> {
        const PathRange range = pathRange(root);
        Query query(m_state->handle,
                    "SELECT 1 FROM path WHERE (path = ?1 OR (path >= ?2 AND path < ?3))"
                    " AND state <> 'missing' LIMIT 1");
        query.bind(Blob{range.self}, Blob{range.first}, Blob{range.last});
        return query.step();
    });
}

Result<std::vector<DocumentId>> IndexStore::documentsUnder(std::span<const std::string> roots) {
    return guarded(m_state->handle, "listing documents", [&]() -> Result<std::vector<DocumentId>> {
        std::vector<DocumentId> ids;
        for (const std::string& root : roots) {
            const PathRange range = pathRange(root);
            Query query(m_state->handle,
                        "SELECT document_id FROM path WHERE path = ?1 OR (path >= ?2 AND path < ?3)");
            query.bind(Blob{range.self}, Blob{range.first}, Blob{range.last});
            while (query.step()) ids.push_back(query.integer(0));
        }
        std::sort(ids.begin(), ids.end());
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
        return ids;
    });
}

Result<void> IndexStore::eachPlace(const EachPlace& each) {
    return guarded(m_state->handle, "listing documents", [&]() -> Result<void> {
        Query query(m_state->handle,
                    "SELECT p.path, d.id, d.title, d.format, d.first_chunk, d.chunks"
                    " FROM path p JOIN document d ON d.id = p.document_id WHERE p.state <> 'missing' ORDER "
                    "BY p.path");
        while (query.step()) {
            const ChunkId first = query.integer(5) > 0 ? query.integer(4) : 0;
            const auto format = document::parseFormat(query.bytes(3)).value_or(document::Format::Unknown);
            TRY_VOID(each({query.bytes(0), query.integer(1), query.bytes(2), format, first}));
        }
        return {};
    });
}

}  // namespace commonplace::store
