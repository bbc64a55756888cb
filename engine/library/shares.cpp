#include "engine/library/shares.h"

#include <set>
#include <unordered_map>

#include "engine/base/ancestors.h"

namespace commonplace::library {
namespace {

using ClaimsByPath = std::unordered_map<std::string, std::vector<std::size_t>>;

/// The claims on a path itself and on the folders around it.
std::vector<std::size_t> claimsAround(const ClaimsByPath& claims, const std::string& path) {
    std::vector<std::size_t> found;
    base::firstAtOrAbove(path, [&](const std::string& at) {
        if (const auto here = claims.find(at); here != claims.end())
            found.insert(found.end(), here->second.begin(), here->second.end());
        return false;
    });
    return found;
}

}  // namespace

Result<Shares> sharesOf(store::IndexStore& index, const std::map<store::DocumentId, std::int64_t>& segments,
                        const std::vector<Claim>& claims) {
    ClaimsByPath byPath;
    for (std::size_t i = 0; i < claims.size(); ++i) byPath[claims[i].path].push_back(i);
    std::vector<store::DocumentId> ids;
    for (const auto& [document, count] : segments) ids.push_back(document);
    TRY(const auto documents, index.documents(ids));
    Shares shares;
    shares.perClaim.resize(claims.size());
    for (const store::DocumentRow& document : documents) {
        const std::int64_t count = segments.at(document.id);
        std::set<std::string> runs;
        for (const std::string& path : document.paths)
            for (const std::size_t claim : claimsAround(byPath, path))
                if (runs.insert(claims[claim].run).second) shares.perClaim[claim] += count;
        if (runs.empty()) shares.unclaimed += count;
    }
    return shares;
}

}  // namespace commonplace::library
