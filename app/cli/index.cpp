#include <chrono>
#include <condition_variable>
#include <iostream>
#include <mutex>

#include "app/cli/commands.h"
#include "app/cli/json.h"
#include "app/cli/terminal.h"

namespace commonplace::app::cli {
namespace {

constexpr auto kWatchInterval = std::chrono::seconds(3);

library::IndexRequest requestOf(const IndexOptions& options) {
    library::IndexRequest request;
    request.paths = options.paths;
    request.depth = options.noVectors ? store::Depth::Text : store::Depth::TextAndVectors;
    request.retry = options.retry ? ingest::Retry::Failures : ingest::Retry::No;
    return request;
}

void printSummary(const library::IndexReport& report) {
    const ingest::Summary& s = report.summary;
    std::cout << styled(count(s.seen, "files"), Style::Bold) << "  " << count(s.added, "new") << " · "
              << count(s.changed, "changed") << " · " << count(s.moved, "moved") << " · "
              << count(s.unchanged, "unchanged");
    if (s.missing > 0) std::cout << " · " << styled(count(s.missing, "missing"), Style::Warning);
    if (s.unread > 0) std::cout << " · " << styled(count(s.unread, "without text"), Style::Warning);
    if (s.failed > 0) std::cout << " · " << styled(count(s.failed, "failed"), Style::Bad);
    std::cout << '\n';
    if (s.seen + s.missing == 0 && !report.notices.empty()) return;  // folders that are offline
    if (s.seen + s.missing == 0 && report.errors.empty()) {
        std::cout << "There was nothing to index. Add a folder: commonplace index FOLDER\n";
        return;
    }
    std::cout << count(s.pages, "pages") << " from " << count(s.extracted, "documents") << " read in "
              << humanSeconds(s.secondsText);
    if (s.embedded > 0)
        std::cout << ", " << count(s.embedded, "segments") << " embedded in "
                  << humanSeconds(s.secondsVectors - s.secondsText);
    std::cout << '\n';
    if (s.failed > 0)
        std::cout << styled("See 'commonplace documents --failed' for the reasons.", Style::Dim) << '\n';
    else if (s.unread > 0)
        std::cout << styled("See 'commonplace documents' for the reasons.", Style::Dim) << '\n';
}

/// Prints what one run did; true when every path could be indexed.
bool show(const library::IndexReport& report, const Context& context) {
    for (const std::string& notice : report.notices) warn(notice);
    for (const std::string& error : report.errors) warn(error);
    if (context.output == Output::Json)
        std::cout << toJson(report) << std::endl;
    else if (report.errors.empty() || report.summary.seen + report.summary.missing > 0)
        printSummary(report);
    return report.errors.empty();
}

void waitFor(std::chrono::milliseconds time, const std::stop_token& stop) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any().wait_for(lock, stop, time, [] { return false; });
}

bool hasNews(const ingest::Summary& s) {
    return s.added + s.changed + s.moved + s.missing + s.extracted + s.embedded > 0;
}

int watch(library::Library& library, const library::IndexRequest& request, const library::IndexEvents& events,
          const Context& context) {
    ingest::Gate gate;
    while (!context.stop.stop_requested()) {
        waitFor(kWatchInterval, context.stop);
        if (context.stop.stop_requested()) return 0;
        const auto report = library.index(request, gate, events, context.stop);
        if (!report && report.error().code() == ErrorCode::Busy)
            continue;  // somebody held a database for long
        if (!report) return context.stop.stop_requested() ? 0 : failResumable(report.error());
        if (hasNews(report->summary)) show(*report, context);
    }
    return 0;
}

}  // namespace

int run(const IndexOptions& options, const Context& context) {
    auto library = openLibrary(context);
    if (!library) return fail(library.error());
    ProgressLine line;
    const library::IndexEvents events = eventsOn(line);
    ingest::Gate gate;
    const auto report = (*library)->index(requestOf(options), gate, events, context.stop);
    line.clear();
    if (!report) return failResumable(report.error());
    const bool complete = show(*report, context);
    if (options.watch) return watch(**library, requestOf(options), events, context);
    return complete ? 0 : 1;
}

}  // namespace commonplace::app::cli
