// The owner lock, for work that is short and need not queue: care, purging. Internal.
#pragma once

#include <filesystem>

#include "engine/base/file.h"
#include "engine/base/result.h"

namespace commonplace::library {

/// Tries for about two seconds, because a program that has written holds the lock for a moment at its end, to
/// empty the logs (logs.h). Busy, naming the process: somebody is indexing.
Result<base::FileLock> lockSoon(const std::filesystem::path& folder);

}  // namespace commonplace::library
