#include "engine/ingest/root_state.h"

#include <dirent.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

namespace commonplace::ingest {
namespace {

struct DirCloser {
    void operator()(DIR* dir) const { ::closedir(dir); }
};

/// Their file system id is made of the UUID on the disk; others make it of the number of the device, which
/// depends on the order in which drives were found.
bool hasLastingId(const struct statfs& system) {
    constexpr std::array<long, 2> kTypes{EXT4_SUPER_MAGIC, BTRFS_SUPER_MAGIC};
    return std::find(kTypes.begin(), kTypes.end(), system.f_type) != kTypes.end();
}

}  // namespace

std::string folderIdentity(const std::string& path) {
    struct statfs system {};
    struct stat info {};
    if (::statfs(path.c_str(), &system) != 0 || ::stat(path.c_str(), &info) != 0 || !S_ISDIR(info.st_mode))
        return {};
    std::uint64_t id = 0;
    static_assert(sizeof id == sizeof system.f_fsid);
    std::memcpy(&id, &system.f_fsid, sizeof id);
    const std::string device = hasLastingId(system) ? "" : std::to_string(info.st_dev);
    return std::to_string(system.f_type) + ':' + std::to_string(id) + ':' + device + ':' +
           std::to_string(info.st_ino);
}

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

Result<RootState> rootState(store::IndexStore& store, const std::string& root, const std::string& identity) {
    struct stat info {};
    if (::stat(root.c_str(), &info) != 0) return RootState::Gone;
    if (!S_ISDIR(info.st_mode) || !isEmptyFolder(root)) return RootState::Here;
    if (!identity.empty() && identity == folderIdentity(root)) return RootState::Here;
    TRY(const bool known, store.knowsFilesUnder(root));
    return known ? RootState::Emptied : RootState::Here;
}

}  // namespace commonplace::ingest
