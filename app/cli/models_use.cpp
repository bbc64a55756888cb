// models use: which model answers, written into the settings. models pull: fetching one with Ollama.
#include <iostream>

#include "app/cli/address.h"
#include "app/cli/commands.h"
#include "app/cli/models_files.h"
#include "app/cli/models_json.h"
#include "app/cli/terminal.h"
#include "app/secrets.h"
#include "engine/base/file.h"
#include "engine/config/address.h"
#include "engine/config/paths.h"
#include "engine/llm/ollama_pull.h"

namespace commonplace::app::cli {
namespace {

bool isAddressOrNothing(const std::string& model) {
    return model == "none" || config::isWebAddress(model);
}

/// A file of the list, or of anywhere.
Result<config::ModelPlace> fileNamed(const std::string& name, const std::stop_token& stop) {
    const llm::ModelFolder folder = modelFolder();
    auto known = folder.find(name);
    std::error_code failed;
    const bool isPath = name.find('/') != name.npos || std::filesystem::exists(name, failed);
    if (!known && !isPath) return known.error();
    if (known && !known->problem.empty()) return Error(ErrorCode::NotFound, known->problem);
    TRY(const std::string file, known ? Result<std::string>(known->file.native()) : base::absolutePath(name));
    TRY(const auto facts, folder.probe(file, stop));
    if (facts.kind != llama::ModelKind::Chat)
        return Error(ErrorCode::Unsupported, base::displayPath(file) +
                                                 " finds passages and writes no answers; use it "
                                                 "with 'commonplace models embedding set'");
    return config::ModelPlace{"local", {}, file};
}

Result<config::ModelPlace> placeOf(const ModelsUseOptions& options, const std::stop_token& stop) {
    if (lacksScheme(options.model)) return Error(ErrorCode::InvalidArgument, addressProblem(options.model));
    if (!isAddressOrNothing(options.model)) return fileNamed(options.model, stop);
    TRY(auto place, config::parseModelPlace(options.model));
    if (place.isSet()) TRY_VOID(net::checkUrl(place.baseUrl));
    if (place.isSet() && !options.api.empty()) place.api = options.api;
    return place;
}

/// A file that is no model any more was refused before.
void warnOfItsWindow(const config::ModelPlace& place, const std::stop_token& stop) {
    if (place.api != "local") return;
    const auto facts = modelFolder().probe(place.model, stop);
    if (facts) warnOfSmallWindow(facts->trainedWindow);
}

/// Read again: the settings may have changed since the program began.
Result<void> keep(config::Purpose purpose, const config::ModelPlace& place) {
    return config::changeSettings(config::settingsFile(), [&](config::Settings settings) {
        return config::withModel(std::move(settings), purpose, place);
    });
}

std::string sentence(config::Purpose purpose, const config::ModelPlace& place) {
    const bool answers = purpose == config::Purpose::Answer;
    if (!place.isSet())
        return answers ? "Answers consist of quotations now." : "Small tasks are done without a model now.";
    const std::string model =
        place.model.empty() ? "the first model" : safeLine(base::displayPath(place.model));
    return std::string(answers ? "Answers are written by " : "Small tasks go to ") +
           styled(model, Style::Bold) + (place.baseUrl.empty() ? "" : " at " + safeLine(place.baseUrl)) +
           " now.";
}

}  // namespace

int run(const ModelsUseOptions& options, const Context& context) {
    const auto place = placeOf(options, context.stop);
    if (!place) return fail(place.error(), Said::Typed);
    if (const auto kept = keep(options.purpose, *place); !kept) return fail(kept.error());
    if (context.output == Output::Json)
        std::cout << chosenJson(options.purpose, *place) << '\n';
    else
        std::cout << sentence(options.purpose, *place) << '\n';
    warnOfItsWindow(*place, context.stop);
    if (!place->baseUrl.empty() && !net::isLoopbackUrl(place->baseUrl))
        warn("questions, and the passages found for them, are sent to " + place->baseUrl);
    else if (llm::isForwarded(place->model))
        warn("questions, and the passages found for them, are sent on from " + place->baseUrl +
             " to the maker of this cloud model");
    return 0;
}

int run(const ModelsPullOptions& options, const Context& context) {
    llm::Endpoint endpoint{.baseUrl = options.baseUrl, .model = options.model};
    endpoint.reach = context.settings.network.offline ? net::Reach::LoopbackOnly : net::Reach::Anywhere;
    auto key = keyFor(endpoint.baseUrl);
    if (!key) return fail(key.error());
    endpoint.key = std::move(*key);
    ProgressLine line;
    const auto show = [&line](const llm::PullProgress& progress) {
        line.show(progress.total ? progressText(progress.step, {progress.done, progress.total})
                                 : progress.step);
    };
    const auto pulled = llm::pullModel(std::move(endpoint), show, context.stop);
    line.clear();
    if (!pulled) return failResumable(pulled.error());
    if (context.output == Output::Json)
        std::cout << pulledJson(options.model, options.baseUrl) << '\n';
    else
        std::cout << "Fetched " << styled(safeLine(options.model), Style::Bold)
                  << ". Use it: commonplace models use "
                  << safeLine(shellWord(options.baseUrl + '#' + options.model)) << '\n';
    return 0;
}

}  // namespace commonplace::app::cli
