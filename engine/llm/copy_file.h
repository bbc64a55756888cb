// Copying a large file so that it is whole or not there. Inside engine/llm only. Thread: any; blocks.
#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>

#include "engine/base/result.h"
#include "engine/net/download.h"

namespace commonplace::llm {

/// Shares the blocks where the file system can, else copies, syncs and renames. InvalidArgument when `to`
/// exists; NoSpace, Io, Cancelled: nothing is left.
Result<void> copyFile(const std::filesystem::path& from, const std::filesystem::path& to,
                      const std::function<void(const net::DownloadProgress&)>& onProgress,
                      const std::stop_token& stop);

}  // namespace commonplace::llm
