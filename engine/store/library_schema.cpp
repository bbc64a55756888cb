// Never edit a released step: add one, and a stored database of the version before it to the tests.
#include "engine/store/schemas.h"

namespace commonplace::store {
namespace {

constexpr const char* kStepOne = R"sql(
CREATE TABLE root(
    path BLOB PRIMARY KEY,
    added_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

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
CREATE INDEX queue_open ON queue(id) WHERE state IN ('waiting', 'running');

CREATE TABLE setting(
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

constexpr const char* kStepTwo = R"sql(
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
CREATE UNIQUE INDEX message_of_conversation ON message(conversation_id, id);
CREATE INDEX message_of_parent ON message(conversation_id, parent_id);

CREATE VIRTUAL TABLE conversation_fts USING fts5(text,
    tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'");
)sql";

constexpr const char* kStepThree = R"sql(
CREATE TABLE trace(
    id INTEGER PRIMARY KEY,
    trace_id BLOB NOT NULL UNIQUE CHECK (length(trace_id) = 16),
    start_ns INTEGER NOT NULL
) STRICT;
CREATE INDEX trace_by_start ON trace(start_ns);

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
CREATE UNIQUE INDEX span_of_trace ON span(trace_row, ordinal);
CREATE INDEX span_of_model ON span(start_ns) WHERE operation = 'chat';
CREATE INDEX span_with_content ON span(id) WHERE content IS NOT NULL;
)sql";

constexpr const char* kStepFour = R"sql(
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
)sql";

// Nobody knows who gave the titles that are there already: they count as a person's, which no model replaces.
constexpr const char* kStepFive = R"sql(
ALTER TABLE conversation ADD COLUMN model TEXT NOT NULL DEFAULT '';
ALTER TABLE conversation ADD COLUMN titled_by TEXT NOT NULL DEFAULT 'person'
    CHECK (titled_by IN ('question', 'model', 'person'));
)sql";

// Whoever works the queue off may be another process than the one that asked.
constexpr const char* kStepSix = R"sql(
ALTER TABLE queue ADD COLUMN retry INTEGER NOT NULL DEFAULT 0 CHECK (retry IN (0, 1));
ALTER TABLE queue ADD COLUMN queued_by TEXT NOT NULL DEFAULT '';
ALTER TABLE root ADD COLUMN identity TEXT NOT NULL DEFAULT '';
)sql";

}  // namespace

DatabaseSpec librarySpec(const std::filesystem::path& file, Access access) {
    DatabaseSpec spec;
    spec.file = file;
    spec.access = access;
    spec.durability = Durability::Full;
    spec.applicationId = 0x43506C62;  // "CPlb"
    spec.migrations = {{"roots, queue, settings", kStepOne},
                       {"conversations", kStepTwo},
                       {"traces", kStepThree},
                       {"spending", kStepFour},
                       {"models and titles of conversations", kStepFive},
                       {"what a queued path is asked for, which folder a root is", kStepSix}};
    spec.backupBeforeMigration = true;
    spec.deleted = Deleted::Overwritten;  // a conversation that was erased must not stay readable
    spec.remedy =
        "keep the file as it is, put the newest backup beside it (*.bak-*) in its place, or restore your own";
    return spec;
}

}  // namespace commonplace::store
