// Is a watched root there? A drive that is not connected takes its folder with it, or leaves its mount point
// behind: an empty folder. Neither says that anybody has deleted anything.
#pragma once

#include <string>

#include "engine/base/result.h"
#include "engine/store/index_store.h"

namespace commonplace::ingest {

enum class RootState {
    Here,
    Emptied,  ///< a folder that holds nothing at all, and the index knows files of it
    Gone      ///< no such file or folder, or nothing that answers
};

/// Thread: that of the store.
Result<RootState> rootState(store::IndexStore& store, const std::string& root);

}  // namespace commonplace::ingest
