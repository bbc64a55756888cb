#include "engine/ingest/plan.h"

#include <algorithm>
#include <map>

#include "engine/base/file.h"

namespace commonplace::ingest {
namespace {

using document::Status;
using store::KnownPath;
using store::PathState;

using KnownByPath = std::map<std::string, const KnownPath*, std::less<>>;

KnownByPath byPath(const std::vector<KnownPath>& known) {
    KnownByPath map;
    for (const KnownPath& row : known) map.emplace(row.file.path, &row);
    return map;
}

bool mustRetry(const KnownPath& known, Retry retry) {
    return known.status == Status::Pending || (retry == Retry::Failures && document::isFailure(known.status));
}

/// A skipped file's row stands as long as the file and the verdict are the same.
bool sameSkip(const FoundFile& file, const KnownPath& known) {
    return !known.sha256 && known.file == file.facts && known.status == file.skip;
}

bool sameContent(const FoundFile& file, const KnownPath& known, const std::string& extractor, Retry retry) {
    return known.file == file.facts && known.sha256 && known.extractor == extractor &&
           !mustRetry(known, retry);
}

bool isHiddenFromUs(const ScanResult& scan, const std::string& path) {
    return std::any_of(
        scan.unreadableFolders.begin(), scan.unreadableFolders.end(),
        [&](const std::string& folder) { return path != folder && base::isAtOrBelow(path, folder); });
}

}  // namespace

Plan makePlan(const ScanResult& scan, const std::vector<KnownPath>& known, const std::string& extractor,
              Retry retry) {
    Plan plan;
    const auto keep = [&plan](const KnownPath& row) {
        ++plan.unchanged;
        if (document::isFailure(row.status)) ++plan.failedUnchanged;
        if (row.state != PathState::Present) plan.backAgain.push_back(row.file.path);
    };
    KnownByPath unseen = byPath(known);
    for (const FoundFile& file : scan.files) {
        const auto at = unseen.find(file.facts.path);
        const KnownPath* row = at == unseen.end() ? nullptr : at->second;
        if (row) unseen.erase(at);
        const bool skipped = file.skip != Status::Pending;
        if (row && (skipped ? sameSkip(file, *row) : sameContent(file, *row, extractor, retry)))
            keep(*row);
        else if (skipped)
            plan.skippedAgain += row ? 1 : 0, plan.skip.push_back(file);
        else if (row)
            plan.read.push_back({file, Candidate::Kind::ChangedPath, row->sha256});
        else
            plan.read.push_back({file, Candidate::Kind::NewPath, std::nullopt});
    }
    for (const auto& [path, row] : unseen) {
        if (isHiddenFromUs(scan, path)) continue;
        if (!row->sha256)
            plan.forget.push_back(path);
        else if (row->state != PathState::Missing)
            plan.missing.push_back(path);
    }
    // New paths first: a renamed file claims its content before the file that took its old name replaces it.
    std::stable_partition(plan.read.begin(), plan.read.end(),
                          [](const Candidate& one) { return one.kind == Candidate::Kind::NewPath; });
    return plan;
}

}  // namespace commonplace::ingest
