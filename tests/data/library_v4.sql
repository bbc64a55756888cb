-- A library.db of schema version 4, as `sqlite3 library.db .dump` wrote it, with its two header fields. Never edit: later versions migrate from it.
PRAGMA application_id=1129344098;
PRAGMA user_version=4;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE root(
    path BLOB PRIMARY KEY,
    added_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO root VALUES(X'2f686f6d652f616e6e','2026-11-22T02:22:26Z');
INSERT INTO root VALUES(X'2f686f6d652f626f622f636166e9','2026-11-22T02:22:26Z');
CREATE TABLE queue(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path BLOB NOT NULL,
    depth TEXT NOT NULL CHECK (depth IN ('text', 'text_and_vectors')),
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    taken_by TEXT NOT NULL DEFAULT '',
    summary TEXT NOT NULL DEFAULT '',
    added_at TEXT NOT NULL,
    finished_at TEXT
) STRICT;
INSERT INTO queue VALUES(1,X'2f686f6d652f616e6e','text','done','3687470997-1813851559','{"files":1}','2026-11-22T02:22:26Z','2026-11-22T02:22:26Z');
INSERT INTO queue VALUES(2,X'2f686f6d652f616e6e2f6e6577','text','running','3687470997-1813851559','','2026-11-22T02:22:26Z',NULL);
INSERT INTO queue VALUES(3,X'2f686f6d652f626f622f69742773','text_and_vectors','waiting','','','2026-11-22T02:22:26Z',NULL);
CREATE TABLE setting(
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO setting VALUES('embedder','model-1');
CREATE TABLE conversation(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
    deleted_at TEXT,
    draft TEXT NOT NULL DEFAULT '',
    scope TEXT NOT NULL DEFAULT '[]',
    leaf_id INTEGER REFERENCES message(id)
) STRICT;
INSERT INTO conversation VALUES(1,'The dome','2026-11-22T03:00:00Z','2026-11-22T03:05:00Z',1,NULL,'And who','["/home/ann"]',2);
INSERT INTO conversation VALUES(2,'Gone','2026-11-22T03:00:00Z','2026-11-22T03:00:00Z',0,'2026-11-22T03:00:00Z','','[]',NULL);
CREATE TABLE message(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
    parent_id INTEGER,
    author TEXT NOT NULL CHECK (author IN ('person', 'program')),
    text TEXT NOT NULL,
    details TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    FOREIGN KEY (conversation_id, parent_id) REFERENCES message(conversation_id, id) ON DELETE CASCADE
) STRICT;
INSERT INTO message VALUES(1,1,NULL,'person','Who turns the dome?','','2026-11-22T03:00:00Z');
INSERT INTO message VALUES(2,1,1,'program','Anna does [1].','{"mode":"extractive"}','2026-11-22T03:00:01Z');
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','conversation_fts','conversation_fts',0,'CREATE VIRTUAL TABLE conversation_fts USING fts5(text,
    tokenize="unicode61 remove_diacritics 2 categories ''L* N* Co Mn Mc''")');
CREATE TABLE IF NOT EXISTS 'conversation_fts_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO conversation_fts_data VALUES(1,X'040a');
INSERT INTO conversation_fts_data VALUES(10,X'000000000102020002010101020101');
INSERT INTO conversation_fts_data VALUES(137438953473,X'000000520230310202040104616e6e610202020104646f657302020303026d65ffffffffffffffffff02030202050103746865ffffffffffffffffff0202020204020475726e73010203010377686f01020204060909121309');
INSERT INTO conversation_fts_data VALUES(274877906945,X'000000150530676f6e65fffffffffffffffffe020204');
CREATE TABLE IF NOT EXISTS 'conversation_fts_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO conversation_fts_idx VALUES(1,X'',2);
INSERT INTO conversation_fts_idx VALUES(2,X'',2);
CREATE TABLE IF NOT EXISTS 'conversation_fts_content'(id INTEGER PRIMARY KEY, c0);
INSERT INTO conversation_fts_content VALUES(-2,'Gone');
INSERT INTO conversation_fts_content VALUES(-1,'The dome');
INSERT INTO conversation_fts_content VALUES(1,'Who turns the dome?');
INSERT INTO conversation_fts_content VALUES(2,'Anna does [1].');
CREATE TABLE IF NOT EXISTS 'conversation_fts_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO conversation_fts_docsize VALUES(-2,X'01');
INSERT INTO conversation_fts_docsize VALUES(-1,X'02');
INSERT INTO conversation_fts_docsize VALUES(1,X'04');
INSERT INTO conversation_fts_docsize VALUES(2,X'03');
CREATE TABLE IF NOT EXISTS 'conversation_fts_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO conversation_fts_config VALUES('version',4);
CREATE TABLE trace(
    id INTEGER PRIMARY KEY,
    trace_id BLOB NOT NULL UNIQUE CHECK (length(trace_id) = 16),
    start_ns INTEGER NOT NULL
) STRICT;
INSERT INTO trace VALUES(1,X'000102030405060708090a0b0c0d0e0f',1780000000000000000);
CREATE TABLE span(
    id INTEGER PRIMARY KEY,
    trace_row INTEGER NOT NULL REFERENCES trace(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    span_id BLOB NOT NULL CHECK (length(span_id) = 8),
    parent_id BLOB CHECK (length(parent_id) = 8),
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('internal', 'client')),
    start_ns INTEGER NOT NULL,
    end_ns INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('unset', 'ok', 'error')),
    attributes TEXT NOT NULL,
    events TEXT NOT NULL,
    content TEXT,
    operation TEXT NOT NULL,
    model TEXT,
    provider TEXT,
    input_tokens INTEGER,
    output_tokens INTEGER,
    cost_usd REAL
) STRICT;
INSERT INTO span VALUES(1,1,0,X'0001020304050607',NULL,'invoke_workflow answer','internal',1780000000000000000,1780000001000000000,'ok','{"gen_ai.operation.name":"invoke_workflow"}','[]',NULL,'invoke_workflow',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE spending(
    day TEXT NOT NULL CHECK (day GLOB '????-??-??'),
    model TEXT NOT NULL,
    calls INTEGER NOT NULL,
    prompt_tokens INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL,
    pico_usd INTEGER NOT NULL CHECK (pico_usd >= 0),
    calls_without_price INTEGER NOT NULL,
    PRIMARY KEY (day, model)
) STRICT, WITHOUT ROWID;
INSERT INTO spending VALUES('2026-11-22','qwen',2,300,40,12000000,0);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('queue',3);
INSERT INTO sqlite_sequence VALUES('conversation',2);
INSERT INTO sqlite_sequence VALUES('message',2);
CREATE INDEX queue_open ON queue(id) WHERE state IN ('waiting', 'running');
CREATE UNIQUE INDEX message_of_conversation ON message(conversation_id, id);
CREATE INDEX message_of_parent ON message(conversation_id, parent_id);
CREATE INDEX trace_by_start ON trace(start_ns);
CREATE UNIQUE INDEX span_of_trace ON span(trace_row, ordinal);
CREATE INDEX span_of_model ON span(start_ns) WHERE operation = 'chat';
CREATE INDEX span_with_content ON span(id) WHERE content IS NOT NULL;
PRAGMA writable_schema=OFF;
COMMIT;
