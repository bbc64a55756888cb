#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/json.h"
#include "app/cli/terminal.h"
#include "engine/base/file.h"

namespace commonplace::app::cli {
namespace {

void row(const char* name, const std::string& value) {
    std::cout << styled(padded(name, 12), Style::Dim) << value << '\n';
}

/// Passages that searches by meaning cannot find; before the first vectors, all of them.
std::int64_t lacking(const library::StatusReport& report) {
    if (report.embedding.active) return report.counts.pendingVectors;
    return report.embedding.building ? 0 : report.counts.chunks;
}

/// What an interrupted run left, and how it goes on.
std::string lackingVectors(const library::StatusReport& report) {
    const std::int64_t number = lacking(report);
    return count(number, "passages") + (number == 1 ? " has" : " have") + " no vectors yet" +
           (report.ownerPid > 0 ? ": they are being made"
                                : ", found by words only: 'commonplace index' makes them");
}

void print(const library::StatusReport& report, const std::filesystem::path& folder) {
    const store::Counts& counts = report.counts;
    row("Library", safeLine(base::displayPath(folder)));
    row("Documents",
        grouped(counts.documents) +
            (counts.failed > 0 ? ", " + styled(grouped(counts.failed) + " failed", Style::Bad) : ""));
    row("Pages", grouped(counts.pages));
    row("Passages", grouped(counts.chunks));
    std::string vectors = grouped(counts.vectors) + " (" + report.embedder + ")";
    row("Vectors", vectors);
    if (lacking(report) > 0) row("", styled(lackingVectors(report), Style::Warning));
    if (const auto& next = report.embedding.building)
        row("Next model", safeLine(next->maker) + ", " + grouped(next->done) + " of " +
                              grouped(report.embedding.total) + " passages; searches use the old one");
    if (!report.embedding.error.empty())
        row("Problem", styled(safeLine(report.embedding.error), Style::Warning));
    row("Size", humanBytes(report.databaseBytes));
    row("Queue", report.pendingText > 0 ? count(report.pendingText, "paths") + " waiting" : "empty");
    row("Indexing", report.ownerPid > 0 ? "by process " + std::to_string(report.ownerPid) : "nobody");
    for (const std::string& root : report.roots) row("Watching", safeLine(base::displayPath(root)));
    for (const std::string& root : report.offlineRoots)
        row("Offline", styled(safeLine(base::displayPath(root)), Style::Warning) +
                           "; is the drive connected? To take it out: commonplace forget " +
                           safeLine(shellWord(base::displayPath(root))));
    for (const std::string& root : report.forgottenRoots)
        row("Forgotten", safeLine(base::displayPath(root)) + "; back again: commonplace forget --undo " +
                             safeLine(shellWord(base::displayPath(root))) +
                             "; to delete its text: commonplace forget --purge");
    if (report.roots.empty())
        std::cout << (report.forgottenRoots.empty() ? "Nothing is in this library yet."
                                                    : "Nothing is left in this library.")
                  << " Add a folder: commonplace index FOLDER\n";
}

}  // namespace

int run(const StatusOptions&, const Context& context) {
    auto library = openLibrary(context);
    if (!library) return fail(library.error());
    auto session = (*library)->openSession();
    if (!session) return fail(session.error());
    const auto report = (*session)->status();
    if (!report) return fail(report.error());
    if (context.output == Output::Json)
        std::cout << toJson(*report) << '\n';
    else
        print(*report, context.folder);
    return 0;
}

}  // namespace commonplace::app::cli
