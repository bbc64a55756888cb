// Settings: what a person can choose, as plain structs with defaults, kept in one JSON file.
//
// Keys the program does not know are kept on saving (a newer version may have written them). Secrets are
// never here: they come through document::SecretSource. Thread: plain values; load and save may be called
// from any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/config/embedding.h"

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

/// Where one model is found.
struct ModelPlace {
    std::string api = "openai";  ///< protocol: openai, anthropic, ollama; or local (a GGUF file)
    std::string baseUrl;         ///< empty for local
    std::string model;           ///< empty: the endpoint's first; for local the file
    int contextWindow = 8192;    ///< tokens
    bool isSet() const { return !baseUrl.empty() || (api == "local" && !model.empty()); }
};

/// A model that is asked when those before it are away, or too small for the question.
struct FallbackSettings {
    ModelPlace place;
    /// It may answer for a model on this computer although it is elsewhere, or for a free one although it
    /// costs money. Never without being set here.
    bool standsInForAny = false;
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
    std::vector<FallbackSettings> fallbacks;
    ModelPlace small;              ///< for small tasks (rewriting a follow-up); not set: done without a model
    bool summariseHistory = true;  ///< the small model does, when a conversation no longer fits

    ModelPlace place() const { return {api, baseUrl, model, contextWindow}; }
};

/// US dollars for models that cost money; 0: no limit.
struct SpendingSettings {
    double perDayUsd = 0;
    double perMonthUsd = 0;
};

struct PrivacySettings {
    /// Folders whose text no model elsewhere gets to see. Absolute.
    std::vector<std::string> localOnly;
};

struct SearchSettings {
    int defaultResults = 10;
};

struct NetworkSettings {
    bool offline = false;  ///< the offline switch: nothing goes to another computer
};

/// What is remembered of how questions went. On this computer only, in library.db.
struct TraceSettings {
    bool enabled = true;
    bool content = false;  ///< questions, prompts, passages and answers, too
    int keepDays = 30;
};

struct Settings {
    IndexSettings index;
    ModelSettings model;
    SpendingSettings spending;
    PrivacySettings privacy;
    EmbeddingSettings embedding;  ///< of a library that has no vectors yet; others say it themselves
    SearchSettings search;
    NetworkSettings network;
    TraceSettings trace;
};

/// Defaults when the file does not exist. With an unknown key that isAboutSafety(), offline: a slip of the
/// hand must not open what it was to close. Corrupt: not JSON (says line and column), or a value of the wrong
/// kind or out of its range (says which and what it must be). Io.
Result<Settings> loadSettings(const std::filesystem::path& file);
/// A member of a settings file that this version does not know: a newer one's, or a slip of the hand.
struct UnknownKey {
    std::string name;   ///< "model.contxt_window"
    std::string meant;  ///< the known one it resembles; may be empty
};
/// It stands in "network" or "privacy", or was meant to: somebody wanted something to stay here.
bool isAboutSafety(const UnknownKey& key);
/// In the order of the file; empty when there is none. Errors: as loadSettings() for what is not JSON.
Result<std::vector<UnknownKey>> unknownKeys(const std::filesystem::path& file);
/// Writes what differs from the file; members it does not know and defaults that nobody chose stay as they
/// are. A link stays one: the file that it leads to is written. Refuses (Corrupt) to replace a file that it
/// cannot read. Io, NoSpace.
Result<void> saveSettings(const std::filesystem::path& file, const Settings& settings);
/// Loads, changes and saves, and nobody who does the same comes in between, in this program or another: who
/// only saves what was loaded earlier takes back what others have changed since. Errors as both, and Busy
/// when somebody else takes more than two seconds for it. The lock is the file's name with ".lock", beside
/// the file that a link leads to.
Result<void> changeSettings(const std::filesystem::path& file,
                            const std::function<Settings(Settings)>& change);

}  // namespace commonplace::config
