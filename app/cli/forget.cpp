// forget: takes watched folders and files out of the library, and back while their text is still there.
#include <algorithm>
#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/json.h"
#include "app/cli/terminal.h"
#include "engine/base/edit_distance.h"
#include "engine/base/file.h"
#include "engine/library/removal.h"

namespace commonplace::app::cli {
namespace {

using Paths = std::vector<std::string>;

Result<Paths> rootsOf(store::LibraryStore& store) {
    TRY(const auto roots, store.roots());
    Paths paths;
    for (const store::Root& root : roots) paths.push_back(root.path);
    return paths;
}

std::string shownList(const Paths& paths) {
    std::string text;
    for (const std::string& path : paths) text += (text.empty() ? "" : ", ") + base::displayPath(path);
    return text;
}

/// Why a path cannot be taken out, or back: what is `there`, or what was probably meant.
Error noSuch(const std::string& path, const Paths& there, const char* what, const char* none) {
    const std::string start = base::displayPath(path) + " is no " + what;
    if (there.empty()) return {ErrorCode::NotFound, start + "; " + none};
    const auto around = std::find_if(there.begin(), there.end(),
                                     [&](const std::string& root) { return base::isAtOrBelow(path, root); });
    if (around != there.end())
        return {ErrorCode::NotFound, start + " but lies in one; name that: " + base::displayPath(*around)};
    const std::string guess = base::closest(path, there);
    return {ErrorCode::NotFound,
            start + (guess.empty() ? "; there are: " + shownList(there)
                                   : ", did you mean " + base::displayPath(guess) + "?")};
}

Result<Paths> resolved(const ForgetOptions& options, const Paths& there, const char* what, const char* none) {
    Paths chosen;
    for (const auto& path : options.paths) {
        TRY(std::string full, base::absolutePath(path));
        if (std::find(there.begin(), there.end(), full) == there.end())
            return noSuch(full, there, what, none);
        if (std::find(chosen.begin(), chosen.end(), full) == chosen.end()) chosen.push_back(std::move(full));
    }
    return chosen;
}

/// How many documents go with each, as long as the other folders stay.
Result<std::vector<Forgotten>> forecast(library::Session& session, const Paths& chosen, const Paths& roots) {
    Paths kept;
    for (const std::string& root : roots)
        if (std::find(chosen.begin(), chosen.end(), root) == chosen.end()) kept.push_back(root);
    TRY(const auto ledger, session.ledger());
    std::vector<Forgotten> all;
    for (const std::string& path : chosen) {
        const library::RemovedRoots going({path}, kept);
        const auto count = std::count_if(ledger.begin(), ledger.end(),
                                         [&](const auto& row) { return going.hidesAll(row.paths); });
        all.push_back({path, count});
    }
    return all;
}

Result<ForgetReport> forget(library::Library& library, library::Session& session,
                            const ForgetOptions& options, const Context& context) {
    ForgetReport report;
    report.isRehearsal = options.dryRun;
    TRY(const Paths roots, rootsOf(session.library()));
    TRY(const Paths chosen, resolved(options, roots, "watched folder or file", "the library watches none"));
    TRY(report.removed, forecast(session, chosen, roots));
    if (options.dryRun) return report;
    for (const std::string& path : chosen) TRY_VOID(library::removeRoot(session.library(), path));
    if (options.purge) {
        TRY(report.purgedPaths, library::purgeRemoved(library.folder(), chosen, context.stop));
    }
    return report;
}

Result<ForgetReport> takeBack(library::Session& session, const ForgetOptions& options) {
    ForgetReport report;
    report.isRehearsal = options.dryRun;
    TRY(const auto waiting, library::removedRoots(session.library()));
    TRY(const Paths chosen, resolved(options, waiting.paths(), "folder that can be taken back",
                                     "nothing was forgotten that still could be"));
    for (const std::string& path : chosen) {
        if (!options.dryRun) TRY_VOID(library::restoreRoot(session.library(), path));
        report.restored.push_back(path);
    }
    return report;
}

Result<ForgetReport> carryOut(const ForgetOptions& options, const Context& context) {
    TRY(const auto library, openLibrary(context));
    TRY(const auto session, library->openSession());
    if (options.undo) return takeBack(*session, options);
    if (!options.paths.empty()) return forget(*library, *session, options, context);
    ForgetReport report;
    TRY(report.purgedPaths, library::purgeRemoved(library->folder(), {}, context.stop));
    return report;
}

void print(const ForgetReport& report, const ForgetOptions& options) {
    for (const Forgotten& one : report.removed)
        std::cout << (report.isRehearsal ? "Would forget " : "Forgot ")
                  << styled(safeLine(base::displayPath(one.path)), Style::Accent) << ": "
                  << count(one.documents, "documents") << '\n';
    for (const std::string& path : report.restored)
        std::cout << (report.isRehearsal ? "Would take back " : "Back again: ")
                  << styled(safeLine(base::displayPath(path)), Style::Accent) << '\n';
    if (report.purgedPaths)
        std::cout << "The text of " << count(*report.purgedPaths, "files")
                  << " was deleted from the index.\n";
    else if (!report.isRehearsal && !report.removed.empty())
        std::cout << "The files themselves stay. 'commonplace forget --undo PATH' takes it back, until "
                     "'commonplace forget --purge' or the window deletes its text from the index.\n";
    if (report.isRehearsal && !options.paths.empty()) std::cout << "Nothing was changed.\n";
}

}  // namespace

int run(const ForgetOptions& options, const Context& context) {
    const auto report = carryOut(options, context);
    if (!report) return fail(report.error());
    if (context.output == Output::Json)
        std::cout << toJson(*report) << '\n';
    else
        print(*report, options);
    return 0;
}

}  // namespace commonplace::app::cli
