#include "engine/answer/reach.h"

#include <algorithm>
#include <filesystem>

#include "engine/base/file.h"

namespace commonplace::answer {
namespace {

/// Without links on the way; the path itself where it cannot be followed.
std::string canonical(const std::string& path) {
    std::error_code failed;
    const auto resolved = std::filesystem::weakly_canonical(path, failed);
    return failed ? path : resolved.native();
}

bool mustStay(const std::string& path, const std::vector<std::string>& localOnly) {
    return isBelowAny(path, localOnly) || isBelowAny(canonical(path), localOnly);
}

bool anyMustStay(const std::vector<std::string>& paths, const std::vector<std::string>& localOnly) {
    return std::any_of(paths.begin(), paths.end(),
                       [&](const std::string& path) { return mustStay(path, localOnly); });
}

}  // namespace

bool isBelowAny(const std::string& path, const std::vector<std::string>& folders) {
    return std::any_of(folders.begin(), folders.end(),
                       [&](const std::string& folder) { return base::isAtOrBelow(path, folder); });
}

std::vector<std::string> spelledOut(const std::vector<std::string>& folders) {
    std::vector<std::string> all;
    for (const std::string& folder : folders) {
        if (folder.empty()) continue;
        std::string plain = std::filesystem::path(folder).lexically_normal().native();
        while (plain.size() > 1 && plain.back() == '/') plain.pop_back();
        all.push_back(canonical(plain));
        if (all.back() != plain) all.push_back(std::move(plain));
    }
    return all;
}

bool mustStay(const retrieve::Passage& passage, const std::vector<std::string>& localOnly) {
    return anyMustStay(passage.document.paths, localOnly);
}

bool mustStay(const Turn& turn, const std::vector<std::string>& localOnly) {
    const bool isUnknown = turn.sources.empty() && !turn.answer.empty();
    return !localOnly.empty() && (isUnknown || anyMustStay(turn.sources, localOnly));
}

}  // namespace commonplace::answer
