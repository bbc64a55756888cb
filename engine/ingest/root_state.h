// Is a watched root there? A drive that is not connected takes its folder with it, or leaves its mount point
// behind: an empty folder. Neither says that anybody has deleted anything. The very folder in which the files
// were, standing there empty, does.
#pragma once

#include <map>
#include <string>

#include "engine/base/result.h"
#include "engine/store/index_store.h"

namespace commonplace::ingest {

/// Watched roots by path, each with the folderIdentity() that it had when files of it were indexed; empty:
/// not known.
using Roots = std::map<std::string, std::string>;

enum class RootState {
    Here,
    Emptied,  ///< a folder that holds nothing at all and is, or may be, another one than that of the files
    Gone      ///< no such file or folder, or nothing that answers
};

/// Names a folder beyond its path: its file system and its number there. A mount point has another one with
/// its drive than without it, a folder made anew another one than the one before. The same after a restart
/// wherever the file system has a number of its own (ext, Btrfs); otherwise a restart may change it, which
/// only means that nobody knows. Empty: no folder, or nothing that answers. Never parse it.
std::string folderIdentity(const std::string& path);

/// `identity`: as in Roots. Thread: that of the store.
Result<RootState> rootState(store::IndexStore& store, const std::string& root, const std::string& identity);

/// Does the folder hold nothing? One that cannot be listed is not called empty: whoever scans it says why.
bool isEmptyFolder(const std::string& path);

}  // namespace commonplace::ingest
