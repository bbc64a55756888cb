#include <iostream>
#include <utility>

#include "app/cli/address.h"
#include "app/cli/commands.h"
#include "app/cli/json.h"
#include "app/cli/models_files.h"
#include "app/cli/terminal.h"
#include "engine/base/file.h"
#include "engine/config/paths.h"
#include "engine/library/embedding_reach.h"

namespace commonplace::app::cli {
namespace {

using library::EmbeddingStatus;
using library::SpaceStatus;

Result<EmbeddingStatus> statusOf(library::Library& library) {
    TRY(auto session, library.openSession());
    TRY(auto report, session->status());
    return std::move(report.embedding);
}

std::string describe(const SpaceStatus& space, std::int64_t total) {
    return styled(safeLine(space.maker), Style::Bold) + " (" + safeLine(space.fingerprint) + "), " +
           grouped(space.done) + " of " + grouped(total) + " passages";
}

void print(const EmbeddingStatus& status) {
    if (status.active)
        std::cout << "Searches use  " << describe(*status.active, status.total) << '\n';
    else
        std::cout << "There are no vectors yet: 'commonplace index FOLDER' makes them.\n";
    if (status.building)
        std::cout << "Being made    " << describe(*status.building, status.total)
                  << "; 'commonplace index' goes on\n";
    if (status.previous)
        std::cout << "Kept          " << describe(*status.previous, status.total)
                  << "; 'commonplace models embedding undo' goes back to it, 'drop-old' removes it\n";
    if (!status.error.empty()) std::cout << styled(safeLine(status.error), Style::Warning) << '\n';
}

int show(library::Library& library, const Context& context) {
    const auto status = statusOf(library);
    if (!status) return fail(status.error());
    if (context.output == Output::Json)
        std::cout << toJson(*status) << '\n';
    else
        print(*status);
    return 0;
}

/// A name of the list, or what parseEmbedding() reads.
Result<config::EmbeddingSettings> named(const std::string& model) {
    if (lacksScheme(model)) return Error(ErrorCode::InvalidArgument, addressProblem(model));
    if (model == "builtin") return config::EmbeddingSettings{};
    const llm::ModelFolder folder = modelFolder();
    const auto known = folder.find(model);
    if (!known) {
        auto parsed = config::parseEmbedding(model);
        if (parsed) return parsed;
        TRY(const std::string meant, folder.nearest(model));
        return meant.empty() ? parsed.error() : known.error();
    }
    if (!known->problem.empty()) return Error(ErrorCode::NotFound, known->problem);
    config::EmbeddingSettings embedding;
    embedding.source = "gguf";
    embedding.model = known->file.native();
    return embedding;
}

Result<config::EmbeddingSettings> chosen(const EmbeddingSetOptions& options, const Context& context) {
    config::EmbeddingSettings embedding = context.settings.embedding;
    if (!options.model.empty()) {
        TRY(embedding, named(options.model));
    }
    embedding.reach = library::reachFor(embedding, context.settings.embedding);
    if (options.sendDocuments && embedding.isServed()) embedding.reach = config::EmbeddingReach::Anywhere;
    if (embedding.source == "gguf") {
        TRY(embedding.model, base::absolutePath(embedding.model));
    }
    return embedding;
}

Result<void> buildNow(library::Library& library, const Context& context) {
    ProgressLine line;
    const library::IndexEvents events = eventsOn(line);
    ingest::Gate gate;
    auto report = library.buildVectors(gate, events, context.stop);
    line.clear();
    if (!report) return report.error();
    if (!report->errors.empty()) return Error(ErrorCode::Network, report->errors.front());
    return {};
}

Result<void> choose(library::Library& library, const EmbeddingSetOptions& options, const Context& context) {
    TRY(const config::EmbeddingSettings embedding, chosen(options, context));
    TRY_VOID(library.chooseEmbedding(embedding, context.stop));
    TRY_VOID(config::saveEmbedding(config::settingsFile(), embedding));
    if (!options.wait) return {};
    TRY_VOID(buildNow(library, context));
    if (!options.dropOld) return {};
    const auto dropped = library.dropFormerEmbedding();
    const bool nothing = !dropped && dropped.error().code() == ErrorCode::NotFound;
    return nothing ? Result<void>() : dropped;
}

/// Opens the library, does `work` and shows where things stand.
template <class Work>
int change(const Context& context, Said said, const Work& work) {
    auto library = openLibrary(context);
    if (!library) return fail(library.error());
    if (const auto done = work(**library); !done)
        return done.error().code() == ErrorCode::Cancelled ? failResumable(done.error())
                                                           : fail(done.error(), said);
    return show(**library, context);
}

}  // namespace

int run(const EmbeddingShowOptions&, const Context& context) {
    return change(context, Said::Settings, [](library::Library&) -> Result<void> { return {}; });
}

int run(const EmbeddingSetOptions& options, const Context& context) {
    return change(context, options.model.empty() ? Said::Settings : Said::Typed,
                  [&](library::Library& library) { return choose(library, options, context); });
}

int run(const EmbeddingUndoOptions&, const Context& context) {
    return change(context, Said::Settings, [](library::Library& library) -> Result<void> {
        TRY(const config::EmbeddingSettings embedding, library.undoEmbedding());
        return config::saveEmbedding(config::settingsFile(), embedding);
    });
}

int run(const EmbeddingDropOptions&, const Context& context) {
    return change(context, Said::Settings,
                  [](library::Library& library) { return library.dropFormerEmbedding(); });
}

}  // namespace commonplace::app::cli
