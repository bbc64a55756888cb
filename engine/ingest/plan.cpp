#include "engine/ingest/plan.h"

#include <algorithm>
#include <map>

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
    return known.file == file.facts && known.sha256 && known.extractor == extractor && !mustRetry(known, retry);
}

bool isBelow(const std::string& path, const std::string& folder) {
    return path.size() > folder.size() && path.compare(0, folder.size(), folder) == 0 &&
           (folder.back() == '/' || path[folder.size()] == '/');
}

std::vector<std::string> missingPaths(const ScanResult& scan, const KnownByPath& known) {
    std::vector<std::string> missing;
    for (const auto& [path, row] : known) {
        const bool hiddenFromUs = std::any_of(scan.unreadableFolders.begin(), scan.unreadableFolders.end(),
                                              [&](const std::string& folder) { return isBelow(path, folder); });
        if (!hiddenFromUs && row->state != PathState::Missing) missing.push_back(path);
    }
    return missing;
}

}  // namespace

Plan makePlan(const ScanResult& scan, const std::vector<KnownPath>& known, const std::string& extractor, Retry retry) {
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
        if (row && (skipped ? sameSkip(file, *row) : sameContent(file, *row, extractor, retry))) keep(*row);
        else if (skipped) plan.skip.push_back(file);
        else if (row) plan.read.push_back({file, Candidate::Kind::ChangedPath, row->sha256});
        else plan.read.push_back({file, Candidate::Kind::NewPath, std::nullopt});
    }
    plan.missing = missingPaths(scan, unseen);
    return plan;
}

}  // namespace commonplace::ingest
