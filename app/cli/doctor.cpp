#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/json.h"
#include "app/cli/terminal.h"
#include "engine/config/paths.h"
#include "engine/net/http.h"

namespace commonplace::app::cli {
namespace {

std::vector<std::string> wrongAddresses(const config::Settings& settings) {
    std::vector<std::string> wrong;
    const auto look = [&wrong](const char* key, const std::string& url) {
        if (url.empty()) return;
        if (const auto usable = net::checkUrl(url); !usable)
            wrong.push_back(std::string(key) + ": " + usable.error().message());
    };
    look("model.base_url", settings.model.baseUrl);
    look("model.small.base_url", settings.model.small.baseUrl);
    for (const auto& fallback : settings.model.fallbacks)
        look("model.fallbacks.base_url", fallback.place.baseUrl);
    if (settings.embedding.isServed()) look("embedding.base_url", settings.embedding.baseUrl);
    return wrong;
}

}  // namespace

int run(const DoctorOptions& options, const Context& context) {
    auto library = openLibrary(context);
    if (!library) return fail(library.error());
    DoctorReport report;
    if (options.repair) {
        const library::IndexEvents events{{}, [](const std::string& line) { warn(line); }};
        const auto repaired = (*library)->repair(events, context.stop);
        if (!repaired) return fail(repaired.error());
        report.repaired = *repaired;
    }
    const auto problems = (*library)->check();
    if (!problems) return fail(problems.error());
    report.problems = *problems;
    report.settingsProblems = wrongAddresses(context.settings);
    if (auto unknown = config::unknownKeys(config::settingsFile()))
        report.unknownSettings = std::move(*unknown);
    if (context.output == Output::Json) {
        std::cout << toJson(report) << '\n';
        return report.isSound() ? 0 : 1;
    }
    for (const std::string& line : report.repaired) std::cout << "repaired: " << safeLine(line) << '\n';
    for (const config::UnknownKey& key : report.unknownSettings)
        std::cout << styled("unknown setting: ", Style::Warning) << safeLine(describe(key)) << '\n';
    for (const std::string& line : report.problems)
        std::cout << styled("problem: ", Style::Bad) << safeLine(line) << '\n';
    for (const std::string& line : report.settingsProblems)
        std::cout << styled("settings: ", Style::Bad) << safeLine(line) << '\n';
    if (report.isSound()) std::cout << styled("Everything is sound.", Style::Good) << '\n';
    if (!report.problems.empty())
        std::cout << "'commonplace doctor --repair' rebuilds the index from your files; nothing of yours is "
                     "touched.\n";
    return report.isSound() ? 0 : 1;
}

}  // namespace commonplace::app::cli
