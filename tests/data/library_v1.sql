-- A library.db of schema version 1, as `sqlite3 library.db .dump` wrote it, with its two header fields. Never edit: later versions migrate from it.
PRAGMA application_id=1129344098;
PRAGMA user_version=1;
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
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('queue',3);
CREATE INDEX queue_open ON queue(id) WHERE state IN ('waiting', 'running');
COMMIT;
