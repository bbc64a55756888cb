#include "engine/answer/reach.h"

#include <algorithm>

namespace commonplace::answer {
namespace {

bool isBelow(std::string_view path, std::string_view folder) {
    while (folder.size() > 1 && folder.ends_with('/')) folder.remove_suffix(1);
    if (folder.empty()) return false;
    return path == folder || folder == "/" ||
           (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
}

}  // namespace

bool isBelowAny(std::string_view path, const std::vector<std::string>& folders) {
    return std::any_of(folders.begin(), folders.end(),
                       [&](const std::string& folder) { return isBelow(path, folder); });
}

bool mustStay(const retrieve::Passage& passage, const std::vector<std::string>& localOnly) {
    const auto& paths = passage.document.paths;
    return std::any_of(paths.begin(), paths.end(),
                       [&](const std::string& path) { return isBelowAny(path, localOnly); });
}

bool mustStay(const Turn& turn, const std::vector<std::string>& localOnly) {
    return std::any_of(turn.sources.begin(), turn.sources.end(),
                       [&](const std::string& path) { return isBelowAny(path, localOnly); });
}

}  // namespace commonplace::answer
