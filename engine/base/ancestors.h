// The folders around a path, from the inside out.
#pragma once

#include <filesystem>
#include <string>

namespace commonplace::base {

/// The first of: `path` itself, its folder, the folder around that … "/" for which `isWanted(const
/// std::string&)` is true; empty when it is true for none. `path` is absolute, without "." and "..".
template <class IsWanted>
std::string firstAtOrAbove(const std::string& path, const IsWanted& isWanted) {
    for (std::filesystem::path at = path;; at = at.parent_path()) {
        if (isWanted(at.native())) return at.native();
        if (at == at.parent_path()) return {};
    }
}

}  // namespace commonplace::base
