// Scan: which files a folder holds, and which of them are worth reading.
//
// Links to folders are never followed (no loops, no way out of the folder); links to files are. Folders whose
// name is on the ignore list are passed over without a trace; every other file is reported, those that will
// not be read with the reason, so that the ledger has a row for them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/document/document.h"
#include "engine/store/index_rows.h"

namespace commonplace::ingest {

/// The row's reason for a file of Rules::excludedFiles.
inline constexpr const char* kExcludedReason = "you excluded this file";

struct Rules {
    std::uint64_t maxFileBytes = 512ull << 20;
    /// Folder names to pass over; a trailing * matches any ending.
    std::vector<std::string> ignoredFolders;
    std::set<std::string> excludedFiles;  ///< absolute paths that a person has excluded by name
};

/// A file to read, or one to record as not read.
struct FoundFile {
    store::FileFacts facts;
    document::Format format = document::Format::Unknown;
    document::Status skip = document::Status::Pending;  ///< Pending: read it; else the row's status
    std::string reason;                                 ///< why it is skipped
};

struct ScanResult {
    std::vector<FoundFile> files;  ///< in byte order of their paths
    /// Folders that could not be listed whole: what lies below them keeps its last state. Each is also in
    /// `files`, as a row of its own that says why.
    std::vector<std::string> unreadableFolders;
    bool isEmpty = false;  ///< the root is a folder that holds nothing at all, hidden files included
};

/// Lists `root` (a folder or one file; absolute). NotFound when it does not exist, Io when it cannot be
/// listed, Cancelled.
Result<ScanResult> scan(const std::filesystem::path& root, const Rules& rules, std::stop_token stop);

}  // namespace commonplace::ingest
