// What the command line asked for, as plain structs. Parsing lives in one file because CLI11 is slow to
// compile.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/wiring.h"
#include "engine/answer/answerer.h"
#include "engine/config/model_choice.h"
#include "engine/eval/eval.h"
#include "engine/retrieve/retriever.h"

namespace commonplace::app::cli {

enum class Output { Human, Json };

struct IndexOptions {
    std::vector<std::filesystem::path> paths;
    bool watch = false;
    bool noVectors = false;
    bool retry = false;
};
/// Without paths only `purge` is possible.
struct ForgetOptions {
    std::vector<std::filesystem::path> paths;
    bool dryRun = false;
    bool undo = false;
    bool purge = false;  ///< delete the text from the index, too: no way back
};
struct StatusOptions {};
struct DocumentsOptions {
    bool failedOnly = false;
};
struct SearchOptions {
    std::string query;
    std::size_t results = 0;  ///< 0: as the settings say
    retrieve::Mode mode = retrieve::Mode::Hybrid;
    std::vector<std::filesystem::path> within;
    bool explain = false;
};
struct AskOptions {
    std::string question;
    std::size_t passages = 8;
    std::vector<std::filesystem::path> within;
    std::vector<std::string> earlier;  ///< previous questions of this conversation, oldest first
    std::string searchFor;             ///< instead of the question
    bool stream = false;
    bool preview = false;  ///< only what would be sent
    ModelChoice model;
};
struct ModelsListOptions {};
struct ModelsAddOptions {
    std::string source;  ///< a file, a folder or an address
    std::string sha256;
    bool link = false;
};
struct ModelsRemoveOptions {
    std::string name;
    bool force = false;
};
struct ModelsUseOptions {
    std::string model;  ///< a name of the list, a file, URL#model, or none
    std::string api;
    config::Purpose purpose = config::Purpose::Answer;
};
struct ModelsPullOptions {
    std::string model;
    std::string baseUrl = "http://127.0.0.1:11434";
};
struct EmbeddingShowOptions {};
struct EmbeddingSetOptions {
    std::string model;  ///< builtin, FILE.gguf or URL#model; empty: as the settings say
    bool wait = false;  ///< until its vectors are made
    bool sendDocuments = false;
    bool dropOld = false;
};
struct EmbeddingUndoOptions {};
struct EmbeddingDropOptions {};
struct ModelsTestOptions {
    std::string name;  ///< as ModelsUseOptions::model; empty: see `model`
    ModelChoice model;
};
struct EvalRetrievalOptions {
    eval::RetrievalTask task;
    std::optional<retrieve::Mode> compare;
};
struct EvalPagesOptions {
    std::filesystem::path questions;
    std::size_t results = 10;
    bool inDocument = false;
};
/// What `trace` does: at most one of the flags.
struct TraceOptions {
    enum class What { Show, Otlp, Usage, Clear, ClearContent };
    What what = What::Show;
    std::string id;                    ///< the beginning of one; empty: the newest
    std::optional<std::size_t> limit;  ///< of the newest; not given: 20 in the list, all for OTLP
    int days = 30;
};
struct DoctorOptions {
    bool repair = false;
};
struct GuiOptions {
    std::vector<std::filesystem::path> paths;
};

using Command =
    std::variant<GuiOptions, IndexOptions, ForgetOptions, StatusOptions, DocumentsOptions, SearchOptions,
                 AskOptions, ModelsListOptions, ModelsTestOptions, ModelsAddOptions, ModelsRemoveOptions,
                 ModelsUseOptions, ModelsPullOptions, EmbeddingShowOptions, EmbeddingSetOptions,
                 EmbeddingUndoOptions, EmbeddingDropOptions, EvalRetrievalOptions, EvalPagesOptions,
                 TraceOptions, DoctorOptions>;

struct Invocation {
    std::filesystem::path library;  ///< empty: the default folder
    Output output = Output::Human;
    Command command;
};

/// Either what to do, or the exit code after help, version (0) or a usage error (2) has been printed.
std::variant<Invocation, int> parse(int argc, const char* const* argv);

}  // namespace commonplace::app::cli
