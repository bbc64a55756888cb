// Whose are the vectors? One process embeds what several runs have asked for; each run hears of its own.
// Internal.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/store/index_store.h"

namespace commonplace::library {

/// A path somebody asked for, and which run it was.
struct Claim {
    std::string path;
    std::string run;
};

struct Shares {
    std::vector<std::int64_t> perClaim;  ///< as many as there are claims, in their order
    std::int64_t unclaimed = 0;          ///< of documents that nobody's path leads to
};

/// A document belongs to every run one of whose paths it lies at or below, and counts once for each.
Result<Shares> sharesOf(store::IndexStore& index, const std::map<store::DocumentId, std::int64_t>& segments,
                        const std::vector<Claim>& claims);

}  // namespace commonplace::library
