// Never edit a released step: add one, and a stored database of the version before it to the tests.
#include "engine/store/schemas.h"

namespace commonplace::store {
namespace {

constexpr const char* kDocuments = R"sql(
CREATE TABLE document(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT UNIQUE,
    bytes INTEGER NOT NULL,
    format TEXT NOT NULL,
    title TEXT NOT NULL,
    title_search TEXT,
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    pages INTEGER NOT NULL,
    pages_without_text INTEGER NOT NULL,
    pages_ocr INTEGER NOT NULL DEFAULT 0,
    first_chunk INTEGER NOT NULL DEFAULT 0,
    chunks INTEGER NOT NULL DEFAULT 0,
    in_full_text INTEGER NOT NULL DEFAULT 0,
    extractor TEXT NOT NULL,
    indexed_at TEXT NOT NULL
) STRICT;
CREATE INDEX document_to_index ON document(id) WHERE in_full_text = 0;

CREATE TABLE path(
    path BLOB PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES document(id),
    bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('present', 'missing', 'offline'))
) STRICT, WITHOUT ROWID;
CREATE INDEX path_of_document ON path(document_id, state);
CREATE INDEX path_missing ON path(document_id) WHERE state = 'missing';

CREATE TABLE page(
    id INTEGER PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
    page_index INTEGER NOT NULL,
    number INTEGER NOT NULL,
    label TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX page_of_document ON page(document_id, page_index);

CREATE TABLE chunk(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL REFERENCES document(id),
    ordinal INTEGER NOT NULL,
    page1 INTEGER, begin1 INTEGER, end1 INTEGER,
    page2 INTEGER, begin2 INTEGER, end2 INTEGER,
    segment_count INTEGER NOT NULL,
    heading TEXT NOT NULL,
    heading_search TEXT,
    segments BLOB NOT NULL,
    text TEXT NOT NULL,
    text_search TEXT
) STRICT;
CREATE UNIQUE INDEX chunk_of_document ON chunk(document_id, id);

CREATE TABLE tombstone(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL
) STRICT;

CREATE TRIGGER path_deleted AFTER DELETE ON path BEGIN
    DELETE FROM document WHERE id = OLD.document_id
        AND NOT EXISTS (SELECT 1 FROM path WHERE document_id = OLD.document_id);
END;
CREATE TRIGGER path_moved AFTER UPDATE OF document_id ON path WHEN NEW.document_id <> OLD.document_id BEGIN
    DELETE FROM document WHERE id = OLD.document_id
        AND NOT EXISTS (SELECT 1 FROM path WHERE document_id = OLD.document_id);
END;
CREATE TRIGGER document_deleting BEFORE DELETE ON document BEGIN
    DELETE FROM chunk WHERE document_id = OLD.id;
END;
CREATE TRIGGER document_deleted AFTER DELETE ON document BEGIN
    INSERT INTO tombstone(document_id) VALUES (OLD.id);
END;
)sql";

// A statement that writes to FTS5 through triggers makes it write its words to disk when it begins: one
// statement for a whole transaction ("in_full_text = 1 where it is 0") is four times faster than one for each
// passage.
constexpr const char* kFullText = R"sql(
CREATE VIEW chunk_search(id, document_id, text, heading) AS
    SELECT c.id, c.document_id, coalesce(c.text_search, c.text),
        coalesce(d.title_search, d.title) || char(10) || coalesce(c.heading_search, c.heading)
    FROM chunk c JOIN document d ON d.id = c.document_id
    WHERE d.in_full_text = 1;

CREATE VIRTUAL TABLE chunk_fts USING fts5(text, heading, content='chunk_search', content_rowid='id',
    tokenize="porter unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'");

CREATE TRIGGER document_changing BEFORE UPDATE OF title, title_search, in_full_text ON document BEGIN
    INSERT INTO chunk_fts(chunk_fts, rowid, text, heading)
        SELECT 'delete', id, text, heading FROM chunk_search WHERE document_id = OLD.id;
END;
CREATE TRIGGER document_changed AFTER UPDATE OF title, title_search, in_full_text ON document BEGIN
    INSERT INTO chunk_fts(rowid, text, heading)
        SELECT id, text, heading FROM chunk_search WHERE document_id = NEW.id;
END;
CREATE TRIGGER chunk_inserting BEFORE INSERT ON chunk
    WHEN (SELECT in_full_text FROM document WHERE id = NEW.document_id) BEGIN
    SELECT raise(ABORT, 'a document in full text gets no more passages');
END;
CREATE TRIGGER chunk_inserted AFTER INSERT ON chunk WHEN NEW.segment_count > 0 BEGIN
    INSERT INTO pending(space_id, document_id, chunk_id)
        SELECT id, NEW.document_id, NEW.id FROM space;
END;
CREATE TRIGGER chunk_changing BEFORE UPDATE ON chunk BEGIN
    SELECT raise(ABORT, 'passages do not change');
END;
CREATE TRIGGER chunk_deleting BEFORE DELETE ON chunk BEGIN
    INSERT INTO chunk_fts(chunk_fts, rowid, text, heading)
        SELECT 'delete', id, text, heading FROM chunk_search WHERE id = OLD.id;
END;
CREATE TRIGGER chunk_deleted AFTER DELETE ON chunk BEGIN
    DELETE FROM pending WHERE space_id IN (SELECT id FROM space)
        AND document_id = OLD.document_id AND chunk_id = OLD.id;
END;
)sql";

constexpr const char* kVectors = R"sql(
CREATE TABLE space(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    fingerprint TEXT NOT NULL UNIQUE,
    dimension INTEGER NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE vector(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    space_id INTEGER NOT NULL REFERENCES space(id),
    document_id INTEGER NOT NULL,
    chunk_id INTEGER NOT NULL,
    segment INTEGER NOT NULL,
    hash BLOB NOT NULL,
    value BLOB NOT NULL,
    FOREIGN KEY (document_id, chunk_id) REFERENCES chunk(document_id, id) ON DELETE CASCADE
) STRICT;
CREATE UNIQUE INDEX vector_of_chunk ON vector(document_id, chunk_id, space_id, segment);
CREATE INDEX vector_by_hash ON vector(space_id, hash);

CREATE TABLE pending(
    space_id INTEGER NOT NULL REFERENCES space(id),
    document_id INTEGER NOT NULL,
    chunk_id INTEGER NOT NULL,
    PRIMARY KEY (space_id, document_id DESC, chunk_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER space_inserted AFTER INSERT ON space BEGIN
    INSERT INTO pending(space_id, document_id, chunk_id)
        SELECT NEW.id, document_id, id FROM chunk WHERE segment_count > 0;
END;
CREATE TRIGGER vector_inserted AFTER INSERT ON vector BEGIN
    DELETE FROM pending
        WHERE space_id = NEW.space_id AND document_id = NEW.document_id AND chunk_id = NEW.chunk_id
        AND (SELECT segment_count FROM chunk WHERE id = NEW.chunk_id) <=
            (SELECT count(*) FROM vector WHERE document_id = NEW.document_id AND chunk_id = NEW.chunk_id
                AND space_id = NEW.space_id);
END;
CREATE TRIGGER vector_deleted AFTER DELETE ON vector BEGIN
    INSERT OR IGNORE INTO pending(space_id, document_id, chunk_id)
        SELECT OLD.space_id, document_id, id FROM chunk
        WHERE id = OLD.chunk_id AND document_id = OLD.document_id;
END;
)sql";

// Which space serves searches, which is being built beside it, which is kept for a way back. What is dropped
// goes bit by bit later, and nothing is queued for it.
constexpr const char* kRoles = R"sql(
ALTER TABLE space ADD COLUMN maker TEXT NOT NULL DEFAULT '';
ALTER TABLE space ADD COLUMN role TEXT CHECK (role IN ('active', 'building', 'previous', 'dropped'));
UPDATE space SET maker = 'builtin', role = iif(id = (SELECT max(id) FROM space), 'active', 'dropped');
DELETE FROM pending WHERE space_id IN (SELECT id FROM space WHERE role = 'dropped');
CREATE UNIQUE INDEX space_with_role ON space(role) WHERE role <> 'dropped';

DROP TRIGGER chunk_inserted;
CREATE TRIGGER chunk_inserted AFTER INSERT ON chunk WHEN NEW.segment_count > 0 BEGIN
    INSERT INTO pending(space_id, document_id, chunk_id)
        SELECT id, NEW.document_id, NEW.id FROM space WHERE role IS NOT 'dropped';
END;
DROP TRIGGER vector_deleted;
CREATE TRIGGER vector_deleted AFTER DELETE ON vector
    WHEN (SELECT role FROM space WHERE id = OLD.space_id) IS NOT 'dropped' BEGIN
    INSERT OR IGNORE INTO pending(space_id, document_id, chunk_id)
        SELECT OLD.space_id, document_id, id FROM chunk
        WHERE id = OLD.chunk_id AND document_id = OLD.document_id;
END;
)sql";

const std::string& stepOne() {
    static const std::string sql = std::string(kDocuments) + kVectors + kFullText;
    return sql;
}

}  // namespace

DatabaseSpec indexSpec(const std::filesystem::path& file, Access access) {
    DatabaseSpec spec;
    spec.file = file;
    spec.access = access;
    spec.durability = Durability::Normal;
    spec.applicationId = 0x43506978;  // "CPix"
    spec.migrations = {{"documents, full text, vectors", stepOne().c_str()},
                       {"roles of vector spaces", kRoles}};
    spec.schema = Schema::FullTextInTriggers;
    spec.beforeCommit = "UPDATE document SET in_full_text = 1 WHERE in_full_text = 0";
    spec.pageBytes = 8192;
    spec.cacheMiB = 64;
    spec.remedy =
        "run `commonplace doctor --repair`; if that does not help, move it away and index again (all of it "
        "can be made anew)";
    return spec;
}

}  // namespace commonplace::store
