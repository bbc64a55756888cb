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

bool holds(const Paths& paths, const std::string& path) {
    return std::find(paths.begin(), paths.end(), path) != paths.end();
}

/// The paths that were typed, in full and each once.
Result<Paths> typed(const ForgetOptions& options) {
    Paths all;
    for (const auto& path : options.paths) {
        TRY(std::string full, base::absolutePath(path));
        if (!holds(all, full)) all.push_back(std::move(full));
    }
    return all;
}

/// What was forgotten before can still be purged by name.
Result<void> checkForgettable(const ForgetOptions& options, const Paths& chosen, const Paths& roots,
                              const Paths& forgotten) {
    for (const std::string& path : chosen) {
        const auto around = std::find_if(roots.begin(), roots.end(), [&](const std::string& root) {
            return root != path && !holds(chosen, root) && base::isAtOrBelow(path, root);
        });
        if (around != roots.end() && holds(roots, path))
            return Error(ErrorCode::Refused, base::displayPath(path) +
                                                 " would still be found: it lies in another watched folder; "
                                                 "name that: " +
                                                 base::displayPath(*around));
        if (holds(roots, path) || (options.purge && holds(forgotten, path))) continue;
        if (!holds(forgotten, path))
            return noSuch(path, roots, "watched folder or file", "the library watches none");
        return Error(ErrorCode::NotFound, base::displayPath(path) +
                                              " was forgotten already; 'commonplace forget --purge PATH' "
                                              "deletes its text from the index");
    }
    return {};
}

/// How many documents go with each, as long as the other folders stay.
Result<std::vector<Forgotten>> forecast(library::Session& session, const Paths& chosen, const Paths& roots) {
    Paths kept;
    for (const std::string& root : roots)
        if (!holds(chosen, root)) kept.push_back(root);
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

/// Deletes the text of what was taken out (`chosen`; empty: all of it).
Result<std::int64_t> purge(const library::Library& library, const Paths& chosen, const Context& context) {
    auto gone = library::purgeRemoved(library.folder(), chosen, context.stop);
    const int owner = base::FileLock::holder(library::lockFile(library.folder()));
    if (gone || gone.error().code() != ErrorCode::Busy || owner == 0) return gone;
    return Error(ErrorCode::Busy, "process " + std::to_string(owner) +
                                      " is indexing this library; 'commonplace forget --purge' deletes it "
                                      "when that has finished");
}

Result<ForgetReport> forget(library::Library& library, library::Session& session,
                            const ForgetOptions& options, const Context& context) {
    ForgetReport report;
    report.isRehearsal = options.dryRun;
    TRY(const Paths roots, rootsOf(session.library()));
    TRY(const auto before, library::removedRoots(session.library()));
    TRY(const Paths chosen, typed(options));
    TRY_VOID(checkForgettable(options, chosen, roots, before.paths()));
    TRY(report.removed, forecast(session, chosen, roots));
    if (options.dryRun) return report;
    for (const std::string& path : chosen) TRY_VOID(library::removeRoot(session.library(), path));
    if (!options.purge) return report;
    const auto gone = purge(library, chosen, context);
    if (gone)
        report.purgedPaths = *gone;
    else
        report.purgeError = gone.error();  // the folders are gone all the same, and that must be said
    return report;
}

Result<ForgetReport> takeBack(library::Session& session, const ForgetOptions& options) {
    ForgetReport report;
    report.isRehearsal = options.dryRun;
    TRY(const auto waiting, library::removedRoots(session.library()));
    TRY(const Paths chosen, typed(options));
    for (const std::string& path : chosen)
        if (!holds(waiting.paths(), path))
            return noSuch(path, waiting.paths(), "folder that can be taken back",
                          "nothing was forgotten that still could be");
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
    TRY(report.purgedPaths, purge(*library, {}, context));
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
    else if (!report.isRehearsal && !report.purgeError && !report.removed.empty())
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
    if (!report->purgeError) return 0;
    return fail(report->purgeError->within("forgotten, but its text stays in the index for now"));
}

}  // namespace commonplace::app::cli
