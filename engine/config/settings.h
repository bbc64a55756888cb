// Settings: what a person can choose, as plain structs with defaults, kept in one JSON file.
//
// Keys the program does not know are kept on saving (a newer version may have written them). Secrets are
// never here: they come through document::SecretSource. Thread: plain values; load and save may be called
// from any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace commonplace::config {

struct IndexSettings {
    std::uint64_t maxFileBytes = 512ull << 20;  ///< larger files get a row `too_big`
    int workers = 0;  ///< extraction processes and embedding threads; 0: one per core
    /// Folder names that are passed over; a trailing * matches any ending.
    std::vector<std::string> ignoredNames{".git",         ".hg",       ".svn",  ".bzr",    "node_modules",
                                          "__pycache__",  ".venv",     "venv",  ".tox",    ".cache",
                                          ".npm",         ".cargo",    ".idea", ".gradle", ".Trash*",
                                          "$RECYCLE.BIN", "lost+found"};
};

/// The endpoint that writes answers; an empty baseUrl means none: answers are extractive.
struct ModelSettings {
    std::string api = "openai";      ///< protocol: openai, anthropic or ollama
    std::string baseUrl;             ///< "http://127.0.0.1:8080/v1"
    std::string model;               ///< empty: the endpoint's first
    int contextWindow = 8192;        ///< tokens
    int maxAnswerTokens = 1024;      ///< tokens
    double firstTokenSeconds = 300;  ///< silence allowed before the first token
    double silenceSeconds = 30;      ///< silence allowed after it
};

struct SearchSettings {
    int defaultResults = 10;
};

struct Settings {
    IndexSettings index;
    ModelSettings model;
    SearchSettings search;
};

/// Defaults when the file does not exist. Corrupt: not JSON (says line and column), or a value of the wrong
/// kind or out of its range (says which and what it must be). Io.
Result<Settings> loadSettings(const std::filesystem::path& file);
/// Refuses (Corrupt) to replace a file that it cannot read. Io, NoSpace.
Result<void> saveSettings(const std::filesystem::path& file, const Settings& settings);

}  // namespace commonplace::config
