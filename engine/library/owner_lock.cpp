#include "engine/library/owner_lock.h"

#include <chrono>
#include <thread>

#include "engine/base/clock.h"
#include "engine/library/library.h"

namespace commonplace::library {
namespace {

constexpr double kPatienceSeconds = 2;
constexpr auto kPause = std::chrono::milliseconds(20);

}  // namespace

Result<base::FileLock> lockSoon(const std::filesystem::path& folder) {
    const base::Stopwatch waited;
    for (;;) {
        auto lock = base::FileLock::tryAcquire(lockFile(folder));
        if (lock || lock.error().code() != ErrorCode::Busy) return lock;
        if (waited.seconds() > kPatienceSeconds) break;
        std::this_thread::sleep_for(kPause);
    }
    return Error(ErrorCode::Busy, "process " + std::to_string(base::FileLock::holder(lockFile(folder))) +
                                      " is indexing this library; try again when it has finished");
}

}  // namespace commonplace::library
