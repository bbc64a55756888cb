// Emptying the logs (WAL) of a library's databases, so that the files alone hold everything, and nothing that
// was erased.
#pragma once

#include <chrono>
#include <filesystem>

namespace commonplace::library {

/// Copies what stands in the logs into the databases and empties them. Leaves it for later, quietly, while
/// any process is indexing, when somebody goes on reading for longer than `patience`, and when a database
/// cannot be opened. Thread: any.
void emptyLogs(const std::filesystem::path& folder, std::chrono::milliseconds patience);

}  // namespace commonplace::library
