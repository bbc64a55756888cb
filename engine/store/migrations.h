// Brings a database to the newest version of its schema. Internal to this room; may throw SQLite::Exception.
#pragma once

#include "engine/base/result.h"
#include "engine/store/handle.h"

namespace commonplace::store {

/// Whose file it is: Unsupported when another program made it, Newer when a later version of this one did.
/// Changes nothing.
Result<void> identify(Database::Handle& handle);

/// Runs the steps that are missing, each in a transaction of its own; another process may be doing the same.
/// Writes the backup first where the spec asks for one.
Result<void> migrate(Database::Handle& handle);

/// After so many days a backup of an older version goes: it holds what was erased since.
constexpr int kBackupDays = 30;

/// Removes the backups of older versions (halves of them, which a crash has left, included) that are older
/// than kBackupDays, once the database itself proves to be sound; what cannot be removed stays, quietly.
void removeOldBackups(Database::Handle& handle);

}  // namespace commonplace::store
