// Writing a document with everything of it: pages, chunks, full text (by triggers), vectors that are known
// already.
#include "engine/base/clock.h"
#include "engine/store/errors.h"
#include "engine/store/full_text_form.h"
#include "engine/store/index_state.h"
#include "engine/store/query.h"
#include "engine/store/segment_codec.h"

namespace commonplace::store {
namespace {

/// The form for full text where it differs from the text itself, else NULL.
std::optional<std::string> searchForm(const std::string& text) {
    std::string form = fullTextForm(text);
    return form == text ? std::nullopt : std::optional(std::move(form));
}

Result<void> checkSpans(const document::Chunk& chunk, std::size_t pages) {
    if (chunk.spans.size() > 2)
        return Error(ErrorCode::InvalidArgument, "a chunk may cover two pages at most");
    for (const document::Span& span : chunk.spans)
        if (span.page < 0 || static_cast<std::size_t>(span.page) >= pages || span.begin > span.end)
            return Error(ErrorCode::InvalidArgument, "a chunk's span leaves the pages of its document");
    return {};
}

Result<void> checkDocument(const NewDocument& document) {
    if (document.sha256.empty()) return Error(ErrorCode::InvalidArgument, "a document needs its SHA-256");
    int ordinal = 0;
    for (const document::Chunk& chunk : document.chunks) {
        if (chunk.ordinal != ordinal++)
            return Error(ErrorCode::InvalidArgument, "chunks must be numbered 0, 1, 2 …");
        TRY_VOID(checkSpans(chunk, document.content.pages.size()));
    }
    return {};
}

DocumentId insertDocument(Database::Handle& handle, const NewDocument& document) {
    const document::ExtractedDocument& content = document.content;
    Query(handle,
          "INSERT INTO document(sha256, bytes, format, title, title_search, status, reason, pages,"
          " pages_without_text, extractor, indexed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .run(document.sha256, document.bytes, name(content.format), content.title, searchForm(content.title),
             name(content.status), content.reason, content.pages.size(), content.pagesWithoutText,
             document.extractor, base::nowUtc());
    return handle.connection.getLastInsertRowid();
}

void insertPages(Database::Handle& handle, DocumentId id, const std::vector<document::Page>& pages) {
    Query insert(handle,
                 "INSERT INTO page(document_id, page_index, number, label, text) VALUES (?, ?, ?, ?, ?)");
    for (std::size_t i = 0; i < pages.size(); ++i)
        insert.run(id, i, pages[i].number, pages[i].label, pages[i].text);
}

std::optional<document::Span> spanAt(const document::Chunk& chunk, std::size_t i) {
    return i < chunk.spans.size() ? std::optional(chunk.spans[i]) : std::nullopt;
}

Result<ChunkId> insertChunk(Database::Handle& handle, DocumentId id, const document::Chunk& chunk) {
    TRY(const std::string segments, encodeSegments(chunk.segments, chunk.text.size()));
    const auto first = spanAt(chunk, 0), second = spanAt(chunk, 1);
    const auto part = [](const auto& span, auto member) {
        return span ? std::optional<std::int64_t>((*span).*member) : std::nullopt;
    };
    using document::Span;
    Query(handle,
          "INSERT INTO chunk(document_id, ordinal, page1, begin1, end1, page2, begin2, end2, segment_count,"
          " heading, heading_search, segments, text, text_search)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .run(id, chunk.ordinal, part(first, &Span::page), part(first, &Span::begin), part(first, &Span::end),
             part(second, &Span::page), part(second, &Span::begin), part(second, &Span::end),
             chunk.segments.size(), chunk.heading, searchForm(chunk.heading), Blob{segments}, chunk.text,
             searchForm(chunk.text));
    return handle.connection.getLastInsertRowid();
}

std::vector<std::int64_t> spacesWithVectors(Database::Handle& handle) {
    std::vector<std::int64_t> spaces;
    Query query(handle,
                "SELECT id FROM space WHERE role IS NOT 'dropped'"
                " AND EXISTS (SELECT 1 FROM vector WHERE space_id = space.id)");
    while (query.step()) spaces.push_back(query.integer(0));
    return spaces;
}

Result<void> insertChunks(Database::Handle& handle, DocumentId id,
                          const std::vector<document::Chunk>& chunks) {
    const std::vector<std::int64_t> spaces = spacesWithVectors(handle);
    ChunkId first = 0;
    for (const document::Chunk& chunk : chunks) {
        TRY(const ChunkId chunkId, insertChunk(handle, id, chunk));
        if (chunk.ordinal == 0) first = chunkId;
        for (const std::int64_t space : spaces)
            for (std::size_t i = 0; i < chunk.segments.size(); ++i)
                copyVector(handle, space, {id, chunkId, static_cast<int>(i), chunk.segments[i].hash});
    }
    Query(handle, "UPDATE document SET first_chunk = ?, chunks = ? WHERE id = ?")
        .run(first, chunks.size(), id);
    return {};
}

/// The row that holds this content now gives up its name; 0 when there is none.
DocumentId yieldSha256(Database::Handle& handle, const std::string& sha256) {
    const DocumentId former = scalar(handle, "SELECT id FROM document WHERE sha256 = ?", sha256);
    if (former != 0) Query(handle, "UPDATE document SET sha256 = NULL WHERE id = ?").run(former);
    return former;
}

/// All paths of `former` show `successor` from now on; the trigger on path deletes `former`.
void succeed(Database::Handle& handle, DocumentId former, DocumentId successor) {
    Query(handle, "UPDATE path SET document_id = ? WHERE document_id = ?").run(successor, former);
}

DocumentId insertUnhashed(Database::Handle& handle, std::uint64_t bytes) {
    Query(handle,
          "INSERT INTO document(bytes, format, title, status, reason, pages, pages_without_text, extractor,"
          " indexed_at) VALUES (?, ?, '', ?, '', 0, 0, '', '')")
        .run(bytes, name(document::Format::Unknown), name(document::Status::Pending));
    return handle.connection.getLastInsertRowid();
}

}  // namespace

Result<DocumentId> IndexStore::storeDocument(const NewDocument& document, const FileFacts& file) {
    Database::Handle& handle = m_state->handle;
    TRY_VOID(checkDocument(document));
    return writing(handle, "storing a document", [&]() -> Result<DocumentId> {
        const DocumentId former = yieldSha256(handle, document.sha256);
        const DocumentId id = insertDocument(handle, document);
        insertPages(handle, id, document.content.pages);
        TRY_VOID(insertChunks(handle, id, document.chunks));
        if (former != 0) succeed(handle, former, id);  // after the vectors of equal segments have been copied
        upsertPath(handle, file, id);
        return id;
    });
}

Result<void> IndexStore::storeUnhashed(const FileFacts& file, document::Status status,
                                       const std::string& reason) {
    Database::Handle& handle = m_state->handle;
    return writing(handle, "storing the outcome of a file", [&]() -> Result<void> {
        DocumentId id = scalar(handle,
                               "SELECT d.id FROM path p JOIN document d ON d.id = p.document_id"
                               " WHERE p.path = ? AND d.sha256 IS NULL",
                               Blob{file.path});
        if (id == 0) id = insertUnhashed(handle, file.bytes);
        Query(handle, "UPDATE document SET bytes = ?, status = ?, reason = ?, indexed_at = ? WHERE id = ?")
            .run(file.bytes, name(status), reason, base::nowUtc(), id);
        upsertPath(handle, file, id);
        return {};
    });
}

Result<void> IndexStore::forgetContent(DocumentId document) {
    Database::Handle& handle = m_state->handle;
    return writing(handle, "forgetting the content of a document", [&]() -> Result<void> {
        Query known(handle, "SELECT sha256, bytes, title FROM document WHERE id = ?");
        known.bind(document);
        if (!known.step()) return Error(ErrorCode::NotFound, "there is no such document in the index");
        if (known.isNull(0)) {
            Query(handle, "UPDATE document SET status = ?, reason = '' WHERE id = ?")
                .run(name(document::Status::Pending), document);
            return {};
        }
        NewDocument empty;  // a new row: whoever holds vectors of the old one learns by its tombstone
        empty.sha256 = known.text(0);
        empty.bytes = static_cast<std::uint64_t>(known.integer(1));
        empty.content.title = known.text(2);
        yieldSha256(handle, empty.sha256);
        succeed(handle, document, insertDocument(handle, empty));
        return {};
    });
}

}  // namespace commonplace::store
