#include <algorithm>
#include <charconv>
#include <cstdio>
#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/json.h"
#include "app/cli/models_files.h"
#include "app/cli/terminal.h"
#include "app/secrets.h"
#include "engine/base/file.h"
#include "engine/config/address.h"
#include "engine/llm/model_trial.h"
#include "engine/net/http.h"
#include "engine/net/safe_text.h"

namespace commonplace::app::cli {
namespace {

constexpr const char* kNoModel =
    "no model is named: add --base-url URL, or set model.base_url in the settings; 'commonplace models list' "
    "shows what listens on this machine";

std::string describe(const llm::Endpoint& endpoint) {
    const std::string model = endpoint.model.empty() ? "its first model" : endpoint.model;
    return std::string(llm::name(endpoint.api)) + " · " + safeLine(endpoint.baseUrl) + " · " +
           styled(safeLine(model), Style::Bold);
}

std::string missingMark(const std::filesystem::path& file, const ModelsReport& report) {
    return report.missing.count(file) == 0
               ? ""
               : styled(", which is missing: choose another with 'commonplace models use'", Style::Warning);
}

std::string describe(const config::ModelPlace& place, const ModelsReport& report) {
    const std::string model = place.model.empty() ? "its first model" : place.model;
    if (place.api == "local")
        return styled(safeLine(base::displayPath(model)), Style::Bold) + missingMark(place.model, report);
    return place.api + " · " + (place.baseUrl.empty() ? "" : safeLine(place.baseUrl) + " · ") +
           styled(safeLine(base::displayPath(model)), Style::Bold);
}

void print(const llm::LocalServer& server) {
    std::cout << styled(safeLine(server.baseUrl), Style::Accent) << " (" << llm::name(server.api) << ")\n";
    if (server.problem) std::cout << "    " << styled(safeLine(*server.problem), Style::Warning) << '\n';
    if (!server.problem && server.models.empty()) std::cout << "    it offers no model; load one there\n";
    for (const std::string& model : server.models) {
        const auto window = server.windows.find(model);
        std::cout << "    " << safeLine(model);
        if (window != server.windows.end())
            std::cout << styled(" · reads " + grouped(static_cast<std::int64_t>(window->second)) + " tokens",
                                Style::Dim);
        std::cout << '\n';
    }
}

std::string joined(const std::vector<llm::Port>& ports) {
    std::string text;
    for (const llm::Port& port : ports) text += (text.empty() ? "" : ", ") + std::to_string(port.number);
    return text;
}

void print(const ModelsReport& report) {
    if (report.configuredFile)
        std::cout << "Answers are written by "
                  << styled(safeLine(base::displayPath(*report.configuredFile)), Style::Bold)
                  << " in this program" << missingMark(*report.configuredFile, report) << '\n';
    else if (report.configured)
        std::cout << "Answers are written by " << describe(*report.configured) << '\n';
    else
        std::cout << "No model is set: answers consist of quotations.\n";
    for (const config::FallbackSettings& fallback : report.fallbacks)
        std::cout << "When it is away: " << describe(fallback.place, report)
                  << (fallback.standsInForAny ? ", also for a local one" : "") << '\n';
    if (report.small.isSet()) std::cout << "Small tasks go to " << describe(report.small, report) << '\n';
    if (!report.files.empty()) std::cout << "Model files:\n";
    for (const llm::ModelFile& file : report.files) std::cout << "    " << cli::describe(file) << '\n';
    if (report.local.empty()) {
        std::cout << "No server of models listens on this machine at the ports " << joined(report.ports)
                  << ".\n";
        return;
    }
    std::cout << "On this machine:\n";
    for (const llm::LocalServer& server : report.local) print(server);
    std::cout << "Try one: commonplace models test --api API --base-url URL --model ID\n";
}

std::string rounded(double number, const char* unit) {
    char text[48];
    std::snprintf(text, sizeof text, number < 10 ? "%.2f %s" : "%.0f %s", number, unit);
    return text;
}

void print(const ModelTest& test) {
    const llm::ModelTrial& trial = test.trial;
    std::cout << (test.file ? styled(safeLine(base::displayPath(*test.file)), Style::Bold)
                            : describe(test.endpoint))
              << '\n';
    if (trial.latencyMs) std::cout << "Listed its models in " << rounded(*trial.latencyMs, "ms") << ".\n";
    if (!trial.reply.text.empty())
        std::cout << "First word after " << rounded(trial.reply.firstTokenMs, "ms") << ", all of it after "
                  << rounded(trial.totalMs, "ms") << ".\n";
    if (const auto speed = trial.tokensPerSecond())
        std::cout << "Wrote " << rounded(*speed, "tokens/s") << " (" << grouped(*trial.reply.completionTokens)
                  << " tokens).\n";
    if (trial.context)
        std::cout << "It can read " << grouped(static_cast<std::int64_t>(*trial.context))
                  << " tokens at once.\n";
    std::cout << styled(elided(safeLine(trial.reply.text), columns() - 1), Style::Dim) << '\n';
}

/// The name of a model file means that file.
ModelChoice choiceOf(const ModelsTestOptions& options) {
    ModelChoice choice = options.model;
    const std::size_t hash = options.name.find('#');
    if (config::isWebAddress(options.name)) {
        choice.baseUrl = options.name.substr(0, hash);
        if (hash != options.name.npos) choice.model = options.name.substr(hash + 1);
        if (choice.api.empty()) choice.api = config::apiOfAddress(options.name).value_or("openai");
    } else if (!options.name.empty()) {
        const auto known = modelFolder().find(options.name);
        choice.api = "local";
        choice.model = known ? known->file.native() : options.name;
    }
    return choice;
}

Result<ModelTest> test(const ModelsTestOptions& options, const Context& context) {
    ModelChoice choice = choiceOf(options);
    choice.stop = context.stop;
    ModelTest test;
    test.file = chosenModelFile(context.settings, choice);
    if (test.file) {
        TRY(test.trial, llm::tryFile(localModelSetup(*test.file, context.settings, choice), context.stop));
        return test;
    }
    TRY(auto endpoint, chosenEndpoint(context.settings, choice, {}));
    if (!endpoint) return Error(ErrorCode::InvalidArgument, kNoModel);
    TRY(test.trial, llm::tryEndpoint(*endpoint, context.stop));
    test.endpoint = std::move(*endpoint);
    test.endpoint.model = test.trial.model;
    return test;
}

/// The usual ports, and that of the settings' own server where it is on this machine.
std::vector<llm::Port> portsToAsk(const std::optional<llm::Endpoint>& configured) {
    std::vector<llm::Port> ports = llm::DetectOptions().ports;
    if (!configured || !net::isLoopbackUrl(configured->baseUrl)) return ports;
    const auto origin = net::originOf(configured->baseUrl);
    if (!origin) return ports;
    llm::Port own{0, configured->api};
    const char* end = origin->data() + origin->size();
    std::from_chars(origin->data() + origin->rfind(':') + 1, end, own.number);
    const bool isNew = std::none_of(ports.begin(), ports.end(),
                                    [&](const llm::Port& port) { return port.number == own.number; });
    if (isNew && own.number > 0) ports.push_back(own);
    return ports;
}

/// They are asked without a key, but the settings' own server may have kept one, and repeat it.
std::vector<llm::LocalServer> withoutSecrets(std::vector<llm::LocalServer> servers) {
    for (const std::string& secret : knownSecrets())
        for (llm::LocalServer& server : servers)
            if (server.problem) server.problem = net::SafeText(secret).withoutKey(*server.problem);
    return servers;
}

std::set<std::filesystem::path> missingFiles(const ModelsReport& report) {
    std::set<std::filesystem::path> files;
    if (report.configuredFile) files.insert(*report.configuredFile);
    if (report.small.api == "local") files.insert(report.small.model);
    for (const config::FallbackSettings& fallback : report.fallbacks)
        if (fallback.place.api == "local") files.insert(fallback.place.model);
    std::error_code failed;
    std::erase_if(files, [&](const auto& file) { return std::filesystem::exists(file, failed); });
    return files;
}

}  // namespace

int run(const ModelsListOptions&, const Context& context) {
    ModelsReport report;
    report.configuredFile = chosenModelFile(context.settings, {});
    if (!report.configuredFile) {
        auto configured = chosenEndpoint(context.settings, {}, {});
        if (!configured) return fail(configured.error());
        report.configured = std::move(*configured);
    }
    report.fallbacks = context.settings.model.fallbacks;
    report.small = context.settings.model.small;
    report.missing = missingFiles(report);
    auto files = modelFolder().list();
    if (!files) return fail(files.error());
    report.files = std::move(*files);
    report.ports = portsToAsk(report.configured);
    report.local = withoutSecrets(llm::detectServers({.ports = report.ports}, context.stop));
    if (context.output == Output::Json)
        std::cout << toJson(report, context.settings) << '\n';
    else
        print(report);
    return 0;
}

int run(const ModelsTestOptions& options, const Context& context) {
    const auto test = cli::test(options, context);
    if (!test) return fail(test.error(), options.name.empty() ? saidBy(options.model) : Said::Typed);
    if (test->trial.reply.stopped) {
        warn("stopped");
        return 1;
    }
    if (context.output == Output::Json)
        std::cout << toJson(*test) << '\n';
    else
        print(*test);
    if (test->trial.context) warnOfSmallWindow(*test->trial.context);
    if (test->trial.reply.error) warn(*test->trial.reply.error);
    return test->trial.reply.error ? 1 : 0;
}

}  // namespace commonplace::app::cli
