#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/json.h"
#include "app/cli/terminal.h"
#include "engine/config/paths.h"

namespace commonplace::app::cli {

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
    if (auto unknown = config::unknownKeys(config::settingsFile()))
        report.unknownSettings = std::move(*unknown);
    if (context.output == Output::Json) {
        std::cout << toJson(report) << '\n';
        return report.problems.empty() ? 0 : 1;
    }
    for (const std::string& line : report.repaired) std::cout << "repaired: " << safeLine(line) << '\n';
    for (const config::UnknownKey& key : report.unknownSettings)
        std::cout << styled("unknown setting: ", Style::Warning) << safeLine(describe(key)) << '\n';
    for (const std::string& line : report.problems)
        std::cout << styled("problem: ", Style::Bad) << safeLine(line) << '\n';
    if (report.problems.empty())
        std::cout << styled("Everything is sound.", Style::Good) << '\n';
    else
        std::cout << "'commonplace doctor --repair' rebuilds the index from your files; nothing of yours is "
                     "touched.\n";
    return report.problems.empty() ? 0 : 1;
}

}  // namespace commonplace::app::cli
