// models add and models remove: the model files that belong to the program.
#include "app/cli/models_files.h"

#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/models_json.h"
#include "app/cli/terminal.h"
#include "app/cli/waiting_line.h"
#include "engine/base/file.h"
#include "engine/config/address.h"
#include "engine/config/model_choice.h"
#include "engine/config/paths.h"

namespace commonplace::app::cli {
namespace {

constexpr double kPatienceSeconds = 2;

/// What adding did: a folder may hold several.
struct Added {
    std::vector<llm::ModelFile> models;
    std::vector<Error> failures;
};

Result<llm::ModelFile> addAddress(const ModelsAddOptions& options, const Context& context) {
    ProgressLine line;
    net::DownloadRequest request{.url = options.source, .sha256 = options.sha256};
    request.permit = context.settings.network.offline ? net::Reach::LoopbackOnly : net::Reach::Anywhere;
    request.onProgress = [&line](const net::DownloadProgress& progress) {
        line.show(progressText("Loading", progress));
    };
    auto model = modelFolder().addFrom(std::move(request), context.stop);
    line.clear();
    return model;
}

Result<llm::ModelFile> addFile(const std::filesystem::path& file, const ModelsAddOptions& options,
                               const Context& context) {
    ProgressLine line;
    WaitingLine waiting(kPatienceSeconds, "trying " + base::displayPath(file) + " (Ctrl+C stops)");
    const auto onCopied = [&](const net::DownloadProgress& progress) {
        waiting.stop();
        line.show(progressText("Copying", progress));
    };
    auto model =
        modelFolder().add(file, options.link ? llm::Keep::Link : llm::Keep::Copy, onCopied, context.stop);
    line.clear();
    return model;
}

Result<Added> addAll(const ModelsAddOptions& options, const Context& context) {
    Added added;
    const auto take = [&added](Result<llm::ModelFile> model) {
        if (model)
            added.models.push_back(std::move(*model));
        else
            added.failures.push_back(model.error());
    };
    std::error_code failed;
    if (config::isWebAddress(options.source)) {
        take(addAddress(options, context));
    } else if (options.source.find("://") != options.source.npos) {
        return Error(ErrorCode::InvalidArgument,
                     "models are loaded from http:// and https:// addresses only; for a file, give its path");
    } else if (!options.sha256.empty()) {
        return Error(ErrorCode::InvalidArgument, "--sha256 is for downloads; this source is no address");
    } else if (!std::filesystem::is_directory(options.source, failed)) {
        take(addFile(options.source, options, context));
    } else {
        const auto files = llm::ModelFolder::modelsBelow(options.source);
        if (files.empty())
            return Error(ErrorCode::NotFound,
                         "there is no .gguf file in " + base::displayPath(options.source));
        for (const auto& file : files) take(addFile(file, options, context));
    }
    return added;
}

/// Settings that name a file which is gone would fail at every question.
Result<void> unconfigure(const std::filesystem::path& file) {
    return config::changeSettings(config::settingsFile(), [&file](config::Settings settings) {
        return config::withoutFile(std::move(settings), file);
    });
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

}  // namespace

llm::ModelFolder modelFolder() {
    return {config::modelsFolder(), {.memory = modelMemory()}};
}

void warnOfSmallWindow(std::size_t tokens) {
    constexpr std::size_t kRulesAndAPassage = 1024;  // about: what is packed decides (engine/prompt)
    if (tokens == 0 || tokens >= kRulesAndAPassage) return;
    warn("this model reads " + grouped(static_cast<std::int64_t>(tokens)) +
         " tokens at once: too few for the rules, a question and its passages; quotations will answer");
}

std::string progressText(const std::string& what, const net::DownloadProgress& progress) {
    std::string text = what + " " + humanBytes(progress.done);
    if (!progress.total) return text;
    text += " of " + humanBytes(*progress.total);
    if (*progress.total > 0)
        text += " (" +
                std::to_string(static_cast<int>(100.0 * static_cast<double>(progress.done) /
                                                static_cast<double>(*progress.total))) +
                " %)";
    return text;
}

std::string describe(const llm::ModelFile& model) {
    std::string line = styled(safeLine(base::displayPath(model.name)), Style::Bold);
    if (!model.problem.empty()) return line + "  " + styled(safeLine(model.problem), Style::Warning);
    line += "  " + humanBytes(model.bytes);
    if (!model.facts) return line + " · not tried yet";
    line += model.facts->kind == llama::ModelKind::Chat ? " · chat" : " · embedding";
    line += " · " + safeLine(model.facts->architecture) + " · " + safeLine(model.facts->quantisation) +
            " · " + grouped(static_cast<std::int64_t>(model.facts->trainedWindow)) + " tokens";
    return model.isLink ? line + " · linked" : line;
}

int run(const ModelsAddOptions& options, const Context& context) {
    const auto added = addAll(options, context);
    if (!added) return fail(added.error(), Said::Typed);
    if (context.output == Output::Json && !added->models.empty()) {
        std::cout << toJson(added->models, context.settings) << '\n';
    } else {
        for (const llm::ModelFile& model : added->models) std::cout << describe(model) << '\n';
        const bool hasChat =
            !added->models.empty() && added->models.front().facts->kind == llama::ModelKind::Chat;
        if (hasChat)
            std::cout << "Use it: commonplace models use "
                      << (added->models.front().name.starts_with('-') ? "-- " : "")
                      << safeLine(shellWord(base::displayPath(added->models.front().name))) << '\n';
    }
    const bool isDownload = config::isWebAddress(options.source);
    for (const Error& failure : added->failures) (void)(isDownload ? failResumable(failure) : fail(failure));
    return added->failures.empty() ? 0 : 1;
}

int run(const ModelsRemoveOptions& options, const Context& context) {
    const llm::ModelFolder folder = modelFolder();
    const auto model = folder.find(options.name);
    if (!model) return fail(model.error());
    const auto uses = config::usesOf(context.settings, model->file);
    if (!uses.empty() && !options.force)
        return fail(
            {ErrorCode::Refused, base::displayPath(model->name) + " is in use (" + uses.front() +
                                     "); choose another with 'commonplace models use', or add --force"});
    // Before the file goes: while it is there, names that lead to it through links can be told.
    if (!uses.empty())
        if (const auto kept = unconfigure(model->file); !kept) return fail(kept.error());
    const auto freed = folder.setAside(model->name);
    if (!freed) return fail(freed.error());
    if (const auto purged = folder.purge(); !purged) return fail(purged.error());
    if (context.output == Output::Json)
        std::cout << removedJson(*model, *freed, uses) << '\n';
    else if (model->isLink)
        std::cout << "Forgot " << safeLine(base::displayPath(model->name))
                  << (model->problem.empty() ? "; the file itself stays at "
                                             : "; its file was gone already: ")
                  << safeLine(base::displayPath(model->file)) << ".\n";
    else
        std::cout << "Removed " << safeLine(base::displayPath(model->name)) << "; " << humanBytes(*freed)
                  << " are free again.\n";
    if (context.output == Output::Human && !uses.empty())
        std::cout << "It is no longer set for: " << joined(uses)
                  << ". Choose another: commonplace models use NAME\n";
    return 0;
}

}  // namespace commonplace::app::cli
