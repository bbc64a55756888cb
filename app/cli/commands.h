// The subcommands: one file each. Every run() returns the exit code: 0 done, 1 could not do it, 2 usage.
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "app/cli/options.h"
#include "engine/base/result.h"
#include "engine/config/settings.h"
#include "engine/library/library.h"

namespace commonplace::app::cli {

class ProgressLine;

/// What every command gets: where the library is, how to print, when to stop (Ctrl+C).
struct Context {
    std::filesystem::path folder;
    config::Settings settings;
    Output output = Output::Human;
    std::stop_token stop;
};

int run(const IndexOptions& options, const Context& context);
int run(const ForgetOptions& options, const Context& context);
int run(const StatusOptions& options, const Context& context);
int run(const DocumentsOptions& options, const Context& context);
int run(const SearchOptions& options, const Context& context);
int run(const AskOptions& options, const Context& context);
int run(const ModelsListOptions& options, const Context& context);
int run(const ModelsTestOptions& options, const Context& context);
int run(const ModelsAddOptions& options, const Context& context);
int run(const ModelsRemoveOptions& options, const Context& context);
int run(const ModelsUseOptions& options, const Context& context);
int run(const ModelsPullOptions& options, const Context& context);
int run(const EmbeddingShowOptions& options, const Context& context);
int run(const EmbeddingSetOptions& options, const Context& context);
int run(const EmbeddingUndoOptions& options, const Context& context);
int run(const EmbeddingDropOptions& options, const Context& context);
int run(const EvalRetrievalOptions& options, const Context& context);
int run(const EvalPagesOptions& options, const Context& context);
int run(const TraceOptions& options, const Context& context);
int run(const DoctorOptions& options, const Context& context);

/// Where a value came from that an error is about.
enum class Said { Typed, Settings };
/// A call that names nothing of a model goes by the settings.
Said saidBy(const ModelChoice& choice);
/// One line on stderr: "commonplace: <what, why, what to do>". Returns the exit code: 2 for input that is off
/// (InvalidArgument) and was typed, else 1.
int fail(const Error& error, Said said);
int fail(const Error& error);  ///< nothing of it was typed: 1
/// The same for work that goes on where Ctrl+C stopped it.
int failResumable(const Error& error);
void warn(const std::string& line);

/// "model.modl, did you mean model.model?"
std::string describe(const config::UnknownKey& key);

Result<std::unique_ptr<library::Library>> openLibrary(const Context& context);
/// Progress on `line`, notices as warnings; `line` must outlive them.
library::IndexEvents eventsOn(ProgressLine& line);
/// Absolute native paths for --in; NotFound when nothing indexed lies at or below one.
Result<std::vector<std::string>> absolutePaths(const std::vector<std::filesystem::path>& paths,
                                               library::Session& session);
/// "12 of 20 documents can be found by meaning so far", empty when all can.
std::string coverageLine(const retrieve::Coverage& coverage);

/// Runs the command line; argv without the program's own modes (worker). Returns the exit code.
int main(int argc, const char* const* argv);

}  // namespace commonplace::app::cli
