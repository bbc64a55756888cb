// The ledger (what happened to every file) and the counts of `status`.
#include <algorithm>
#include <unordered_map>

#include "engine/store/errors.h"
#include "engine/store/index_state.h"
#include "engine/store/query.h"

namespace commonplace::store {
namespace {

struct Whereabouts {
    std::vector<std::string> paths;
    bool present = false;
    bool offline = false;
};

std::unordered_map<DocumentId, Whereabouts> whereabouts(Database::Handle& handle) {
    std::unordered_map<DocumentId, Whereabouts> places;
    Query query(handle,
                "SELECT document_id, path, state FROM path"
                " ORDER BY document_id, state = 'missing', state = 'offline', path");
    while (query.step()) {
        Whereabouts& place = places[query.integer(0)];
        place.paths.push_back(query.text(1));
        if (query.bytes(2) == name(PathState::Present)) place.present = true;
        if (query.bytes(2) == name(PathState::Offline)) place.offline = true;
    }
    return places;
}

std::unordered_map<DocumentId, int> vectorCounts(Database::Handle& handle) {
    std::unordered_map<DocumentId, int> counts;
    Query query(handle, "SELECT document_id, count(*) FROM vector GROUP BY document_id");
    while (query.step()) counts[query.integer(0)] = query.small(1);
    return counts;
}

LedgerRow ledgerRow(const Query& query) {
    LedgerRow row;
    row.id = query.integer(0);
    if (!query.isNull(1)) row.sha256 = query.text(1);
    row.status = document::parseStatus(query.bytes(2)).value_or(document::Status::Pending);
    row.reason = query.text(3);
    row.title = query.text(4);
    row.format = document::parseFormat(query.bytes(5)).value_or(document::Format::Unknown);
    row.pages = query.small(6);
    row.pagesOcr = query.small(7);
    row.pagesWithoutText = query.small(8);
    row.chunks = query.small(9);
    row.bytes = static_cast<std::uint64_t>(query.integer(10));
    row.indexedAt = query.text(11);
    return row;
}

std::vector<LedgerRow> ledgerRows(Database::Handle& handle) {
    auto places = whereabouts(handle);
    const auto vectors = vectorCounts(handle);
    std::vector<LedgerRow> rows;
    Query query(
        handle,
        "SELECT id, sha256, status, reason, title, format, pages, pages_ocr, pages_without_text, chunks,"
        " bytes, indexed_at FROM document");
    while (query.step()) {
        LedgerRow row = ledgerRow(query);
        Whereabouts& place = places[row.id];
        row.paths = std::move(place.paths);
        row.offline = !place.present && place.offline;
        row.missing = !place.present && !place.offline;
        if (const auto found = vectors.find(row.id); found != vectors.end()) row.vectors = found->second;
        rows.push_back(std::move(row));
    }
    return rows;
}

std::int64_t countFailed(Database::Handle& handle) {
    std::int64_t failed = 0;
    Query query(handle, "SELECT status, count(*) FROM document GROUP BY status");
    while (query.step())
        if (const auto status = document::parseStatus(query.bytes(0)); status && document::isFailure(*status))
            failed += query.integer(1);
    return failed;
}

}  // namespace

Result<std::vector<LedgerRow>> IndexStore::ledger() {
    return reading(m_state->handle, "reading the ledger", [&]() -> Result<std::vector<LedgerRow>> {
        std::vector<LedgerRow> rows = ledgerRows(m_state->handle);
        std::sort(rows.begin(), rows.end(), [](const LedgerRow& a, const LedgerRow& b) {
            return a.paths != b.paths ? a.paths < b.paths : a.id < b.id;
        });
        return rows;
    });
}

Result<Counts> IndexStore::counts(std::int64_t space) {
    Database::Handle& handle = m_state->handle;
    return reading(handle, "counting", [&]() -> Result<Counts> {
        Counts counts;
        Query query(handle, "SELECT count(*), total(chunks > 0), total(pages), total(chunks) FROM document");
        query.step();
        counts.documents = query.integer(0);
        counts.indexed = query.integer(1);
        counts.pages = query.integer(2);
        counts.chunks = query.integer(3);
        counts.failed = countFailed(handle);
        counts.vectors = scalar(handle, "SELECT count(*) FROM vector WHERE space_id = ?", space);
        counts.pendingVectors = scalar(handle, "SELECT count(*) FROM pending WHERE space_id = ?", space);
        const auto incomplete = scalar(
            handle, "SELECT count(*) FROM (SELECT DISTINCT document_id FROM pending WHERE space_id = ?)",
            space);
        const bool known = scalar(handle, "SELECT count(*) FROM space WHERE id = ?", space) != 0;
        counts.documentsWithVectors = known ? counts.indexed - incomplete : 0;
        return counts;
    });
}

}  // namespace commonplace::store
