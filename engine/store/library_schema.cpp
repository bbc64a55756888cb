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

}  // namespace

DatabaseSpec librarySpec(const std::filesystem::path& file, Access access) {
    DatabaseSpec spec;
    spec.file = file;
    spec.access = access;
    spec.durability = Durability::Full;
    spec.applicationId = 0x43506C62;  // "CPlb"
    spec.migrations = {{"roots, queue, settings", kStepOne}};
    spec.backupBeforeMigration = true;
    spec.remedy =
        "keep the file as it is, put the newest backup beside it (*.bak-*) in its place, or restore your own";
    return spec;
}

}  // namespace commonplace::store
