// The engine's ledger rows as the window's values. Pure, any thread. Internal to ui/bridge.
#pragma once

#include <vector>

#include "engine/library/removal.h"
#include "engine/store/index_rows.h"
#include "ui/bridge/ledger_bridge.h"

namespace commonplace::ui {

/// Without the rows that a removed folder hides.
QHash<QString, LedgerEntry> entriesOf(const std::vector<store::LedgerRow>& rows,
                                      const library::RemovedRoots& removed);
/// Counted over `rows`; `offline` names those of `roots` that are not there (Session::offlineRoots).
QVector<WatchedRoot> rootsOf(const std::vector<store::Root>& roots, const std::vector<store::LedgerRow>& rows,
                             const std::vector<std::string>& offline);
/// What turns `before` into `now`.
LedgerChanges changesBetween(const QHash<QString, LedgerEntry>& before,
                             const QHash<QString, LedgerEntry>& now);

}  // namespace commonplace::ui
