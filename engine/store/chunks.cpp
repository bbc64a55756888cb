// Reading pages and passages.
#include "engine/store/errors.h"
#include "engine/store/index_state.h"
#include "engine/store/query.h"

namespace commonplace::store {
namespace {

/// The span whose five columns begin at `column`; nothing when it is NULL.
void appendSpan(const Query& query, int column, ChunkRow& row) {
    if (query.isNull(column)) return;
    row.spans.push_back({query.small(column), static_cast<std::size_t>(query.integer(column + 1)),
                         static_cast<std::size_t>(query.integer(column + 2))});
    row.pageNumbers.push_back(query.small(column + 3));
    row.pageLabels.push_back(query.text(column + 4));
}

std::optional<ChunkRow> chunkRow(Database::Handle& handle, ChunkId id) {
    constexpr int kFirstSpan = 5, kSecondSpan = 10;
    Query query(
        handle,
        "SELECT c.id, c.document_id, c.ordinal, c.heading, c.text, c.page1, c.begin1, c.end1, p1.number,"
        " p1.label, c.page2, c.begin2, c.end2, p2.number, p2.label FROM chunk c"
        " LEFT JOIN page p1 ON p1.document_id = c.document_id AND p1.page_index = c.page1"
        " LEFT JOIN page p2 ON p2.document_id = c.document_id AND p2.page_index = c.page2"
        " WHERE c.id = ?");
    query.bind(id);
    if (!query.step()) return std::nullopt;
    ChunkRow row;
    row.id = query.integer(0);
    row.document = query.integer(1);
    row.ordinal = query.small(2);
    row.heading = query.text(3);
    row.text = query.text(4);
    appendSpan(query, kFirstSpan, row);
    appendSpan(query, kSecondSpan, row);
    return row;
}

}  // namespace

Result<document::Page> IndexStore::page(DocumentId document, int pageIndex) {
    Database::Handle& handle = m_state->handle;
    return guarded(handle, "reading a page", [&]() -> Result<document::Page> {
        Query query(handle, "SELECT number, label, text FROM page WHERE document_id = ? AND page_index = ?");
        query.bind(document, pageIndex);
        if (!query.step()) return Error(ErrorCode::NotFound, "there is no such page in the index");
        return document::Page{query.small(0), query.text(1), query.text(2)};
    });
}

Result<std::vector<ChunkRow>> IndexStore::chunks(std::span<const ChunkId> ids) {
    Database::Handle& handle = m_state->handle;
    return reading(handle, "reading passages", [&]() -> Result<std::vector<ChunkRow>> {
        std::vector<ChunkRow> rows;
        for (const ChunkId id : ids)
            if (auto row = chunkRow(handle, id)) rows.push_back(std::move(*row));
        return rows;
    });
}

Result<std::vector<ChunkRow>> IndexStore::chunksOfDocument(DocumentId document) {
    Database::Handle& handle = m_state->handle;
    return reading(handle, "reading passages", [&]() -> Result<std::vector<ChunkRow>> {
        std::vector<ChunkRow> rows;
        Query query(handle, "SELECT id FROM chunk WHERE document_id = ? ORDER BY id");
        query.bind(document);
        while (query.step())
            if (auto row = chunkRow(handle, query.integer(0))) rows.push_back(std::move(*row));
        return rows;
    });
}

}  // namespace commonplace::store
