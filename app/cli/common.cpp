#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "engine/base/file.h"
#include "engine/config/paths.h"

namespace commonplace::app::cli {

int fail(const Error& error) {
    warn(error.code() == ErrorCode::Cancelled ? "stopped" : error.message());
    return 1;
}

int failResumable(const Error& error) {
    if (error.code() != ErrorCode::Cancelled) return fail(error);
    warn("stopped; what was done is kept, and the same command goes on from there");
    return 1;
}

int fail(const Error& error, Said said) {
    const int code = fail(error);
    return error.code() == ErrorCode::InvalidArgument && said == Said::Typed ? 2 : code;
}

Said saidBy(const ModelChoice& choice) {
    const bool isNamed = !choice.baseUrl.empty() || !choice.model.empty() || !choice.api.empty();
    return isNamed ? Said::Typed : Said::Settings;
}

void warn(const std::string& line) {
    std::cerr << styled("commonplace:", Style::Bold, Stream::Err) << ' ' << safeLine(line) << '\n';
}

std::string describe(const config::UnknownKey& key) {
    return key.name + (key.meant.empty() ? "" : ", did you mean " + key.meant + "?");
}

library::IndexEvents eventsOn(ProgressLine& line) {
    library::IndexEvents events;
    events.progress = [&line](const ingest::Progress& progress) { line.show(progress); };
    events.notice = [&line](const std::string& text) {
        line.clear();
        warn(text);
    };
    return events;
}

Result<std::unique_ptr<library::Library>> openLibrary(const Context& context) {
    // A long run goes by what the settings say meanwhile.
    const auto current = [] { return config::loadSettings(config::settingsFile()); };
    return library::Library::open({context.folder, context.settings, {}, embedderOpener(current, {})});
}

Result<std::vector<std::string>> absolutePaths(const std::vector<std::filesystem::path>& paths,
                                               library::Session& session) {
    std::vector<std::string> absolute;
    for (const auto& path : paths) {
        TRY(const std::string full, base::absolutePath(path));
        const std::vector<std::string> one{full};
        TRY(const auto known, session.index().documentsUnder(one));
        if (known.empty())
            return Error(ErrorCode::NotFound, "nothing in the library lies at " + base::displayPath(full) +
                                                  "; add it with 'commonplace index'");
        absolute.push_back(full);
    }
    return absolute;
}

std::string coverageLine(const retrieve::Coverage& coverage) {
    if (coverage.withVectors >= coverage.documents) return {};
    return grouped(coverage.withVectors) + " of " + grouped(coverage.documents) +
           " documents can be found by meaning so far; all by words";
}

}  // namespace commonplace::app::cli
