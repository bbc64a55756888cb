// The figures of a library without what a person took out: those documents stay in index.db until they are
// purged (removal.h), and nothing shows them meanwhile. Thread: as the store.
#pragma once

#include <cstdint>

#include "engine/base/result.h"
#include "engine/library/removal.h"
#include "engine/store/index_store.h"

namespace commonplace::library {

/// As IndexStore::counts(), of the documents that are not hidden.
Result<store::Counts> visibleCounts(store::IndexStore& index, std::int64_t space,
                                    const RemovedRoots& removed);

}  // namespace commonplace::library
