// What doctor asks for: is everything that is derived what the truth says, and how to make it anew.
#include <string>

#include "engine/store/deleted_words.h"
#include "engine/store/errors.h"
#include "engine/store/index_state.h"
#include "engine/store/query.h"

namespace commonplace::store {
namespace {

/// Chunks that lack vectors, from the truth; `pending` must hold exactly these.
#define LACKING                                                                                 \
    "SELECT s.id, c.document_id, c.id FROM space s JOIN chunk c WHERE s.role IS NOT 'dropped'"  \
    " AND c.segment_count >"                                                                    \
    " (SELECT count(*) FROM vector v WHERE v.document_id = c.document_id AND v.chunk_id = c.id" \
    " AND v.space_id = s.id)"
/// Vectors of another size than most of their space (an empty one means "nothing to say"), or of another
/// text.
#define WRONG_VECTORS                                                                                        \
    "WITH usual(space_id, bytes) AS MATERIALIZED (SELECT id, (SELECT length(value) FROM vector"              \
    " WHERE space_id = space.id AND length(value) > 0 GROUP BY 1 ORDER BY count(*) DESC LIMIT 1) FROM "      \
    "space)"                                                                                                 \
    " SELECT v.id FROM vector v NOT INDEXED JOIN usual u ON u.space_id = v.space_id JOIN chunk c ON c.id = " \
    "v.chunk_id"                                                                                             \
    " WHERE substr(c.segments, v.segment * 24 + 9, 16) <> v.hash"                                            \
    " OR length(v.value) NOT IN (0, u.bytes)"

/// SQL that counts rows which must not exist, and what they mean.
struct Rule {
    const char* sql;
    const char* meaning;
};

constexpr Rule kRules[] = {
    {"SELECT count(*) FROM document WHERE id NOT IN (SELECT document_id FROM path)",
     "documents without a path"},
    {"SELECT count(*) FROM document d WHERE pages <> (SELECT count(*) FROM page WHERE document_id = d.id)",
     "documents with missing pages"},
    {"SELECT count(*) FROM document d LEFT JOIN (SELECT document_id, count(*) AS n, min(id) AS low, max(id) "
     "AS high"
     " FROM chunk GROUP BY document_id) c ON c.document_id = d.id WHERE d.chunks <> coalesce(c.n, 0)"
     " OR (d.chunks > 0 AND (d.first_chunk <> c.low OR c.high - c.low + 1 <> c.n))",
     "documents whose passages are not as counted"},
    {"SELECT count(*) FROM chunk WHERE segment_count * 24 <> length(segments)",
     "passages with damaged segments"},
    {"SELECT count(*) FROM (" WRONG_VECTORS ")", "vectors of a wrong size or of another text"},
    {"SELECT count(*) FROM (" LACKING " EXCEPT SELECT space_id, document_id, chunk_id FROM pending)",
     "passages that wait for vectors unnoticed"},
    {"SELECT count(*) FROM (SELECT space_id, document_id, chunk_id FROM pending EXCEPT " LACKING ")",
     "passages that wait for vectors without need"},
};

void checkRules(Database::Handle& handle, std::vector<std::string>& problems) {
    for (const Rule& rule : kRules)
        if (const auto count = scalar(handle, rule.sql); count != 0)
            problems.push_back(handle.fileName + ": " + std::to_string(count) + " " + rule.meaning);
}

/// With rank 1 FTS5 compares every word with the content, not only its own structure.
Result<void> checkFullText(Database::Handle& handle) {
    return writing(handle, "checking the full-text index", [&]() -> Result<void> {
        Query(handle, "INSERT INTO chunk_fts(chunk_fts, rank) VALUES ('integrity-check', 1)").run();
        return {};
    });
}

}  // namespace

Result<std::vector<std::string>> IndexStore::check() {
    Database::Handle& handle = m_state->handle;
    TRY(auto problems, m_state->database->check());
    if (!problems.empty()) return problems;  // the rest would only repeat that pages are damaged
    if (auto sound = checkFullText(handle); !sound) {
        if (sound.error().code() != ErrorCode::Corrupt) return sound.error();
        problems.push_back(handle.fileName + ": the full-text index does not agree with the passages");
    }
    TRY_VOID(reading(handle, "checking", [&]() -> Result<void> {
        checkRules(handle, problems);
        return {};
    }));
    return problems;
}

Result<void> IndexStore::mergeDeletedWords(const std::stop_token& stop) {
    return eraseDeletedWords(m_state->handle, "INSERT INTO chunk_fts(chunk_fts, rank) VALUES ('merge', ?)",
                             stop);
}

Result<void> IndexStore::rebuildFullText() {
    return writing(m_state->handle, "rebuilding the full-text index", [&]() -> Result<void> {
        Query(m_state->handle, "INSERT INTO chunk_fts(chunk_fts) VALUES ('rebuild')").run();
        return {};
    });
}

Result<void> IndexStore::rebuildPending() {
    Database::Handle& handle = m_state->handle;
    return writing(handle, "recomputing what lacks vectors", [&]() -> Result<void> {
        Query(handle, "DELETE FROM vector WHERE id IN (" WRONG_VECTORS ")").run();
        Query(handle, "DELETE FROM pending").run();
        Query(handle, "INSERT INTO pending(space_id, document_id, chunk_id) " LACKING).run();
        return {};
    });
}

}  // namespace commonplace::store
