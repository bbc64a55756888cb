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
    bool stream = false;
    ModelChoice model;
};
struct ModelsListOptions {};
struct ModelsTestOptions {
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
struct DoctorOptions {
    bool repair = false;
};
struct GuiOptions {
    std::vector<std::filesystem::path> paths;
};

using Command =
    std::variant<GuiOptions, IndexOptions, StatusOptions, DocumentsOptions, SearchOptions, AskOptions,
                 ModelsListOptions, ModelsTestOptions, EvalRetrievalOptions, EvalPagesOptions, DoctorOptions>;

struct Invocation {
    std::filesystem::path library;  ///< empty: the default folder
    Output output = Output::Human;
    Command command;
};

/// Either what to do, or the exit code after help, version (0) or a usage error (2) has been printed.
std::variant<Invocation, int> parse(int argc, const char* const* argv);

}  // namespace commonplace::app::cli
