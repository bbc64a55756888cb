#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <set>

#include "app/cli/commands.h"
#include "app/cli/json.h"
#include "app/cli/terminal.h"
#include "engine/base/file.h"
#include "engine/retrieve/query.h"

namespace commonplace::app::cli {
namespace {

std::string fixed(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3f", value);
    return text;
}

std::string pageText(const retrieve::Passage& passage) {
    if (passage.page <= 0) return {};
    const std::string last = passage.chunk.pageLabels.empty() ? "" : passage.chunk.pageLabels.back();
    return ", " + safeLine(document::pagesText({passage.page, passage.pageLabel}, {passage.pageEnd, last}));
}

/// The snippet with its marks coloured.
std::string marked(const retrieve::Passage& passage) {
    std::string text;
    std::size_t at = 0;
    for (const base::Range& mark : passage.marks) {
        text += safeLine(std::string_view(passage.snippet).substr(at, mark.begin - at));
        text +=
            styled(safeLine(std::string_view(passage.snippet).substr(mark.begin, mark.size())), Style::Mark);
        at = mark.end;
    }
    return wrapped(text + safeLine(std::string_view(passage.snippet).substr(at)), columns() - 5, "    ");
}

void explain(const retrieve::Passage& passage) {
    std::string line = "score " + fixed(passage.score) + " = words " + fixed(passage.parts.keyword) +
                       " + meaning " + fixed(passage.parts.semantic);
    if (passage.parts.bm25) line += "; bm25 " + fixed(*passage.parts.bm25);
    if (passage.parts.cosine) line += "; cosine " + fixed(*passage.parts.cosine);
    if (passage.duplicates > 0)
        line += "; the same passage stands in " + std::to_string(passage.duplicates) + " more";
    std::cout << "    " << styled(line, Style::Dim) << '\n';
}

/// Below a folder that is not there: found, but not to be opened now.
bool isOffline(const std::string& path, const std::vector<std::string>& offlineRoots) {
    return std::any_of(offlineRoots.begin(), offlineRoots.end(),
                       [&path](const std::string& root) { return base::isAtOrBelow(path, root); });
}

struct Shown {
    bool withReasons;
    std::vector<std::string> offlineRoots;
};

void print(const retrieve::Passage& passage, const Shown& shown) {
    const std::string path = passage.document.paths.empty() ? "" : passage.document.paths.front();
    std::cout << styled(padded(std::to_string(passage.rank) + ".", 4), Style::Dim)
              << styled(safeLine(base::displayPath(path)), Style::Accent)
              << styled(pageText(passage), Style::Bold);
    if (!passage.chunk.heading.empty())
        std::cout << styled("  " + safeLine(passage.chunk.heading), Style::Dim);
    if (isOffline(path, shown.offlineRoots)) std::cout << styled("  offline", Style::Warning);
    std::cout << '\n' << marked(passage) << '\n';
    if (shown.withReasons) explain(passage);
}

std::string endingOf(const store::LedgerRow& row) {
    const std::string name =
        row.paths.empty() ? "" : std::filesystem::path(row.paths.front()).extension().native();
    return name.empty() ? document::name(row.format) : base::foldCase(name.substr(1));
}

/// Why an ext: or type: that no document has finds nothing; empty when that is not the reason.
std::string unknownKind(const std::string& query, library::Session& session) {
    constexpr std::size_t kMostNamed = 12;
    const auto ledger = session.ledger();
    if (!ledger) return {};
    std::set<std::string> kinds, known;
    for (const store::LedgerRow& row : *ledger) {
        if (row.chunks == 0) continue;
        known.insert({endingOf(row), document::name(row.format)});
        if (kinds.size() < kMostNamed) kinds.insert(endingOf(row));
    }
    for (const retrieve::Filter& filter : retrieve::parse(query).filters) {
        if (filter.field != retrieve::Field::Ending || filter.sense != retrieve::Sense::Include) continue;
        if (known.contains(base::foldCase(filter.value)) || kinds.empty()) continue;
        std::string line = "no document with text is of the kind \"" + filter.value + "\"; there are:";
        for (const std::string& kind : kinds) line += " " + kind;
        return line;
    }
    return {};
}

}  // namespace

int run(const SearchOptions& options, const Context& context) {
    auto library = openLibrary(context);
    if (!library) return fail(library.error());
    auto session = (*library)->openSession();
    if (!session) return fail(session.error());
    auto within = absolutePaths(options.within, **session);
    if (!within) return fail(within.error());
    retrieve::Query query;
    query.text = options.query;
    query.mode = options.mode;
    query.limit = options.results > 0 ? options.results
                                      : static_cast<std::size_t>(context.settings.search.defaultResults);
    query.within = std::move(*within);
    const auto results = (*session)->search(query, context.stop);
    if (!results) return fail(results.error(), Said::Typed);
    const std::string unknown = results->passages.empty() ? unknownKind(options.query, **session) : "";
    if (!unknown.empty()) warn(unknown);
    if (context.output == Output::Json) {
        std::cout << toJson(*results) << '\n';
        return 0;
    }
    const auto offlineRoots = (*session)->offlineRoots();
    if (!offlineRoots) return fail(offlineRoots.error());
    for (const retrieve::Passage& passage : results->passages)
        print(passage, {options.explain, *offlineRoots});
    if (results->passages.empty() && results->coverage.documents == 0)
        std::cout << "Nothing is in this library yet. Add a folder: commonplace index FOLDER\n";
    else if (results->passages.empty())
        std::cout << "Nothing found.\n";
    if (!results->withoutMeaning.empty()) warn("searched by words only: " + results->withoutMeaning);
    if (results->relaxed)
        warn(
            "no passage that the query allows has the phrase as it stands; its words were searched for "
            "instead");
    if (const std::string line = coverageLine(results->coverage); !line.empty()) warn(line);
    return 0;
}

}  // namespace commonplace::app::cli
