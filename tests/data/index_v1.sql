-- A index.db of schema version 1, as `sqlite3 index.db .dump` wrote it, with its two header fields. Never edit: later versions migrate from it.
PRAGMA application_id=1129343352;
PRAGMA user_version=1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
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
INSERT INTO document VALUES(1,'5b88026260ca38c69b6ca6e0be3c412d6bb00d74099325f263460688f664a50d',42,'markdown','Harbour notes',NULL,'indexed','',1,0,0,1,1,1,'test-1','2026-11-22T02:22:26Z');
INSERT INTO document VALUES(2,'88dd2394c54fcc00a763ecc408e2ffeb16e2a8d47ee14468d5939b867d8b8428',25,'markdown','港口',NULL,'indexed','',1,0,0,2,1,1,'test-1','2026-11-22T02:22:26Z');
INSERT INTO document VALUES(3,'0db50b647ad0bb0201b633f1641211d5052473f677f1f43824c3651496e1404e',23,'markdown','Café',NULL,'indexed','',1,0,0,3,1,1,'test-1','2026-11-22T02:22:26Z');
CREATE TABLE path(
    path BLOB PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES document(id),
    bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('present', 'missing', 'offline'))
) STRICT, WITHOUT ROWID;
INSERT INTO path VALUES(X'2f686f6d652f616e6e2f686172626f75722e6d64',1,100,1700000000000000000,'missing');
INSERT INTO path VALUES(X'2f686f6d652f626f622f636166e92e6d64',3,100,1700000000000000000,'present');
INSERT INTO path VALUES(X'2f686f6d652f626f622f697427732e6d64',2,100,1700000000000000000,'present');
CREATE TABLE page(
    id INTEGER PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
    page_index INTEGER NOT NULL,
    number INTEGER NOT NULL,
    label TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
INSERT INTO page VALUES(1,1,0,1,'p1','The lighthouse keeper''s log.');
INSERT INTO page VALUES(2,2,0,1,'p1','灯塔在港口。');
INSERT INTO page VALUES(3,3,0,1,'p1','Not embedded yet.');
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
INSERT INTO chunk VALUES(1,1,0,0,0,28,NULL,NULL,NULL,1,'',NULL,X'000000001c000000843559044b58412a987d3576b4f0b21b','The lighthouse keeper''s log.',NULL);
INSERT INTO chunk VALUES(2,2,0,0,0,18,NULL,NULL,NULL,1,'',NULL,X'00000000120000000a31f3f740ca826e257ca142462a2bf1','灯塔在港口。','灯塔 塔在 在港 港口 。');
INSERT INTO chunk VALUES(3,3,0,0,0,17,NULL,NULL,NULL,1,'',NULL,X'00000000110000004e09857d8413e15896c1c74d809635dc','Not embedded yet.',NULL);
CREATE TABLE tombstone(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL
) STRICT;
CREATE TABLE space(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    fingerprint TEXT NOT NULL UNIQUE,
    dimension INTEGER NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
INSERT INTO space VALUES(1,'model-1',3,'2026-11-22T02:22:26Z');
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
INSERT INTO vector VALUES(1,1,2,2,0,X'0a31f3f740ca826e257ca142462a2bf1',X'7061636b6564');
INSERT INTO vector VALUES(2,1,1,1,0,X'843559044b58412a987d3576b4f0b21b',X'7061636b6564');
CREATE TABLE pending(
    space_id INTEGER NOT NULL REFERENCES space(id),
    document_id INTEGER NOT NULL,
    chunk_id INTEGER NOT NULL,
    PRIMARY KEY (space_id, document_id DESC, chunk_id)
) STRICT, WITHOUT ROWID;
INSERT INTO pending VALUES(1,3,3);
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','chunk_fts','chunk_fts',0,'CREATE VIRTUAL TABLE chunk_fts USING fts5(text, heading, content=''chunk_search'', content_rowid=''id'',
    tokenize="porter unicode61 remove_diacritics 2 categories ''L* N* Co Mn Mc''")');
CREATE TABLE IF NOT EXISTS 'chunk_fts_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO chunk_fts_data VALUES(1,X'030c04');
INSERT INTO chunk_fts_data VALUES(10,X'000000000103030003010101020101030101');
INSERT INTO chunk_fts_data VALUES(137438953473,X'0000004b0830686172626f7572010601010201066b656570657201020401096c69676874686f757301020302026f6701020601046e6f746501060101030101730102050103746865010202040e0b0e070b06');
INSERT INTO chunk_fts_data VALUES(274877906945,X'000000320730e59ca8e6b8af0202040205a194e59ca80202030106e6b8afe58fa30208050101020106e781afe5a194020202040b0a0e');
INSERT INTO chunk_fts_data VALUES(412316860417,X'0000002905306361666503060101020105656d62656403020301036e6f740302020103796574030204040b0a08');
CREATE TABLE IF NOT EXISTS 'chunk_fts_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO chunk_fts_idx VALUES(1,X'',2);
INSERT INTO chunk_fts_idx VALUES(2,X'',2);
INSERT INTO chunk_fts_idx VALUES(3,X'',2);
CREATE TABLE IF NOT EXISTS 'chunk_fts_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO chunk_fts_docsize VALUES(1,X'0502');
INSERT INTO chunk_fts_docsize VALUES(2,X'0401');
INSERT INTO chunk_fts_docsize VALUES(3,X'0301');
CREATE TABLE IF NOT EXISTS 'chunk_fts_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO chunk_fts_config VALUES('version',4);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('document',3);
INSERT INTO sqlite_sequence VALUES('chunk',3);
INSERT INTO sqlite_sequence VALUES('tombstone',0);
INSERT INTO sqlite_sequence VALUES('space',1);
INSERT INTO sqlite_sequence VALUES('vector',2);
CREATE INDEX document_to_index ON document(id) WHERE in_full_text = 0;
CREATE INDEX path_of_document ON path(document_id, state);
CREATE INDEX path_missing ON path(document_id) WHERE state = 'missing';
CREATE UNIQUE INDEX page_of_document ON page(document_id, page_index);
CREATE UNIQUE INDEX chunk_of_document ON chunk(document_id, id);
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
CREATE UNIQUE INDEX vector_of_chunk ON vector(document_id, chunk_id, space_id, segment);
CREATE INDEX vector_by_hash ON vector(space_id, hash);
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
CREATE VIEW chunk_search(id, document_id, text, heading) AS
    SELECT c.id, c.document_id, coalesce(c.text_search, c.text),
        coalesce(d.title_search, d.title) || char(10) || coalesce(c.heading_search, c.heading)
    FROM chunk c JOIN document d ON d.id = c.document_id
    WHERE d.in_full_text = 1;
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
PRAGMA writable_schema=OFF;
COMMIT;
