// KnownContents: the contents of the whole library that need not be read again, wherever they were seen.
#pragma once

#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "engine/base/result.h"
#include "engine/ingest/plan.h"
#include "engine/store/index_store.h"

namespace commonplace::ingest {

/// Read from the index once; whoever stores more tells it so. A content that left the index meanwhile may
/// still be here: who relies on it looks whether its row is there. Thread: one at a time while it changes,
/// any number that only ask.
class KnownContents final {
  public:
    /// Does nothing when it has been done already for the same `retry`. With Retry::Failures what failed does
    /// not count as known.
    Result<void> load(store::IndexStore& store, Retry retry);
    bool contains(const std::string& sha256) const { return m_sha256.contains(sha256); }
    /// Nothing happens before load().
    void add(const std::vector<std::string>& sha256);

  private:
    std::optional<Retry> m_loadedFor;
    std::unordered_set<std::string> m_sha256;
};

}  // namespace commonplace::ingest
