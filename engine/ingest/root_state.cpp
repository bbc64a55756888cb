#include "engine/ingest/root_state.h"

#include <dirent.h>
#include <sys/stat.h>

#include <cerrno>
#include <memory>
#include <string_view>

namespace commonplace::ingest {
namespace {

struct DirCloser {
    void operator()(DIR* dir) const { ::closedir(dir); }
};

/// A folder that cannot be listed is none: whoever scans it says why.
bool isEmptyFolder(const std::string& path) {
    const std::unique_ptr<DIR, DirCloser> dir(::opendir(path.c_str()));
    if (!dir) return false;
    errno = 0;
    while (const dirent* entry = ::readdir(dir.get())) {
        const std::string_view name = entry->d_name;
        if (name != "." && name != "..") return false;
    }
    return errno == 0;
}

}  // namespace

Result<RootState> rootState(store::IndexStore& store, const std::string& root) {
    struct stat info {};
    if (::stat(root.c_str(), &info) != 0) return RootState::Gone;
    if (!S_ISDIR(info.st_mode) || !isEmptyFolder(root)) return RootState::Here;
    TRY(const bool known, store.knowsFilesUnder(root));
    return known ? RootState::Emptied : RootState::Here;
}

}  // namespace commonplace::ingest
