// Reading documents: who they are and where they were last seen.
#include "engine/store/errors.h"
#include "engine/store/index_state.h"
#include "engine/store/query.h"

namespace commonplace::store {
namespace {

/// Fills paths and reachable. States sort in the order that people care for: present, offline, missing.
void readPaths(Database::Handle& handle, DocumentRow& row) {
    Query query(handle,
                "SELECT path, state FROM path WHERE document_id = ?"
                " ORDER BY state = 'missing', state = 'offline', path");
    query.bind(row.id);
    row.reachable = false;
    while (query.step()) {
        row.paths.push_back(query.text(0));
        if (query.bytes(1) == name(PathState::Present)) row.reachable = true;
    }
}

std::optional<DocumentRow> documentRow(Database::Handle& handle, DocumentId id) {
    Query query(handle, "SELECT sha256, title, format, status, extractor FROM document WHERE id = ?");
    query.bind(id);
    if (!query.step()) return std::nullopt;
    DocumentRow row;
    row.id = id;
    row.sha256 = query.text(0);
    row.title = query.text(1);
    row.format = document::parseFormat(query.bytes(2)).value_or(document::Format::Unknown);
    row.status = document::parseStatus(query.bytes(3)).value_or(document::Status::Pending);
    row.extractor = query.text(4);
    readPaths(handle, row);
    return row;
}

}  // namespace

Result<std::optional<DocumentRow>> IndexStore::findBySha256(const std::string& sha256) {
    Database::Handle& handle = m_state->handle;
    return reading(handle, "looking for a document", [&]() -> Result<std::optional<DocumentRow>> {
        return documentRow(handle, scalar(handle, "SELECT id FROM document WHERE sha256 = ?", sha256));
    });
}

Result<std::vector<DocumentRow>> IndexStore::documents(std::span<const DocumentId> ids) {
    Database::Handle& handle = m_state->handle;
    return reading(handle, "reading documents", [&]() -> Result<std::vector<DocumentRow>> {
        std::vector<DocumentRow> rows;
        for (const DocumentId id : ids)
            if (auto row = documentRow(handle, id)) rows.push_back(std::move(*row));
        return rows;
    });
}

}  // namespace commonplace::store
