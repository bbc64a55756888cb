#include "engine/library/visible_counts.h"

namespace commonplace::library {
namespace {

/// One document less; `pending`: its chunks without vectors in the space, nothing where there is no space.
void subtract(store::Counts& counts, const store::LedgerRow& row, std::optional<std::int64_t> pending) {
    counts.documents -= 1;
    counts.pages -= row.pages;
    counts.chunks -= row.chunks;
    counts.indexed -= row.chunks > 0 ? 1 : 0;
    counts.failed -= document::isFailure(row.status) ? 1 : 0;
    if (!pending) return;
    counts.pendingVectors -= *pending;
    counts.vectors -= row.chunks - *pending;
    counts.documentsWithVectors -= row.chunks > 0 && *pending == 0 ? 1 : 0;
}

}  // namespace

Result<store::Counts> visibleCounts(store::IndexStore& index, std::int64_t space,
                                    const RemovedRoots& removed) {
    TRY(store::Counts counts, index.counts(space));
    if (removed.empty()) return counts;
    TRY(const auto pending, index.pendingByDocument(space));
    TRY(const auto ledger, index.ledger());
    for (const store::LedgerRow& row : ledger) {
        if (!removed.hidesAll(row.paths)) continue;
        const auto found = pending.find(row.id);
        const std::int64_t lacking = found == pending.end() ? 0 : found->second;
        subtract(counts, row, space == 0 ? std::nullopt : std::optional(lacking));
    }
    return counts;
}

}  // namespace commonplace::library
