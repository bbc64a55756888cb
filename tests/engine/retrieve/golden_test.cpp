// Questions to small corpora: tests/golden/retrieve/input. Lines "? query" ask (a mode may stand before:
// "?hybrid query", keyword is the default), lines "=== path | title" begin a file, "---" a new page of it.
// Expected: per passage its rank, file, pages, score and snippet with the marks in [brackets].
#include "tests/golden/golden.h"

#include <cstdio>
#include <sstream>

#include "tests/engine/retrieve/small_library.h"

namespace commonplace::retrieve {
namespace {

struct Case {
    std::vector<test::Text> files;
    std::vector<Query> queries;
};

Query queryFrom(const std::string& line) {
    const std::size_t space = std::min(line.find(' '), line.size());
    Query query;
    query.mode = parseMode(line.substr(1, space - 1)).value_or(Mode::Keyword);
    query.text = line.substr(std::min(space + 1, line.size()));
    query.limit = 3;
    return query;
}

void addLine(Case& result, const std::string& line) {
    if (line.starts_with("=== ")) {
        const std::size_t bar = std::min(line.find(" | "), line.size());
        const std::string title = bar < line.size() ? line.substr(bar + 3) : "";
        result.files.push_back({line.substr(4, bar - 4), title, {""}});
    } else if (line.starts_with("?")) {
        result.queries.push_back(queryFrom(line));
    } else if (!result.files.empty() && line == "---") {
        result.files.back().pages.emplace_back();
    } else if (!result.files.empty()) {
        result.files.back().pages.back() += line + "\n";
    }
}

Case caseFrom(const std::string& input) {
    Case result;
    std::istringstream lines(input);
    for (std::string line; std::getline(lines, line);) addLine(result, line);
    return result;
}

std::string marked(const Passage& passage) {
    std::string text;
    std::size_t at = 0;
    for (const base::Range& mark : passage.marks) {
        text += passage.snippet.substr(at, mark.begin - at) + '[' +
                passage.snippet.substr(mark.begin, mark.size()) + ']';
        at = mark.end;
    }
    return text + passage.snippet.substr(at);
}

std::string shown(const Passage& passage) {
    std::array<char, 64> numbers{};
    std::snprintf(numbers.data(), numbers.size(), "%d-%d %.2f", passage.page, passage.pageEnd, passage.score);
    const std::string copies = passage.duplicates > 0 ? " +" + std::to_string(passage.duplicates) : "";
    return "  " + std::to_string(passage.rank) + ". " + passage.document.paths.front() + " " +
           numbers.data() + copies + "\n     " + marked(passage) + "\n";
}

std::string shown(const Results& results) {
    std::string text = "? " + results.query + (results.relaxed ? " (relaxed)" : "") + "\n  terms:";
    for (const std::string& term : results.terms) text += " " + term;
    if (!results.ignored.empty()) text += "\n  ignored:";
    for (const std::string& word : results.ignored) text += " " + word;
    text += "\n";
    for (const Passage& passage : results.passages) text += shown(passage);
    return text;
}

TEST(RetrieveGolden, Cases) {
    test::checkGolden("retrieve", [](const std::string& input) {
        const Case one = caseFrom(input);
        test::SmallLibrary library;
        for (const test::Text& file : one.files) library.add(file);
        const test::FakeEmbedder embedder(test::synonyms());
        library.embed(embedder);
        std::string text;
        for (const Query& query : one.queries) text += shown(library.search(query));
        return text;
    });
}

}  // namespace
}  // namespace commonplace::retrieve
