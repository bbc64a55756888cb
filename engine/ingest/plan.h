// Plan: what a scan means beside what the index already knows. Pure; the heart of "nothing is redone".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/ingest/scan.h"
#include "engine/store/index_rows.h"
#include "engine/store/library_store.h"

namespace commonplace::ingest {

/// A file whose content must be looked at (hashed, and extracted if the hash is new).
struct Candidate {
    FoundFile file;
    enum class Kind { NewPath, ChangedPath } kind = Kind::NewPath;
    std::optional<std::string> formerSha256;  ///< what the path held before
};

struct Plan {
    std::vector<Candidate> read;
    std::vector<FoundFile> skip;         ///< record as not read; unchanged ones are left out
    std::vector<std::string> backAgain;  ///< unchanged, but marked missing or offline
    std::vector<std::string> missing;    ///< known as present, not there any more
    std::vector<std::string> forget;     ///< rows without content whose file has gone: nothing can be lost
    std::int64_t skippedAgain = 0;       ///< of `skip`, paths that had a row before
    std::int64_t unchanged = 0;
    std::int64_t failedUnchanged = 0;  ///< of those, rows that say a failure
};

using store::Retry;

/// `known` are all paths at or below the scanned root. `extractor` is the version of this program's
/// extraction and chunking; content made by another one is read again. Retry::Failures reads failed files
/// again.
Plan makePlan(const ScanResult& scan, const std::vector<store::KnownPath>& known,
              const std::string& extractor, Retry retry);

}  // namespace commonplace::ingest
