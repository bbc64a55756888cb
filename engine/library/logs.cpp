#include "engine/library/logs.h"

#include <system_error>

#include "engine/base/file.h"
#include "engine/library/library.h"
#include "engine/store/index_store.h"
#include "engine/store/library_store.h"

namespace commonplace::library {
namespace {

bool hasLog(const std::filesystem::path& file) {
    std::error_code failed;
    const auto bytes = std::filesystem::file_size(file.native() + "-wal", failed);
    return !failed && bytes > 0 && std::filesystem::exists(file, failed);
}

template <class Store>
void emptyLog(const std::filesystem::path& file, std::chrono::milliseconds patience) {
    if (!hasLog(file)) return;
    const auto store = Store::open(file, store::Access::Checkpointer, patience);
    if (store) (void)(*store)->database().emptyWal(patience);
}

}  // namespace

void emptyLogs(const std::filesystem::path& folder, std::chrono::milliseconds patience) {
    if (!hasLog(libraryFile(folder)) && !hasLog(indexFile(folder))) return;
    const auto lock = base::FileLock::tryAcquire(lockFile(folder));  // only one may (store/database.h)
    if (!lock) return;
    emptyLog<store::LibraryStore>(libraryFile(folder), patience);
    emptyLog<store::IndexStore>(indexFile(folder), patience);
}

}  // namespace commonplace::library
