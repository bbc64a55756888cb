// evalPages: does a search find the page that holds the answer?
#include <algorithm>
#include <filesystem>
#include <unordered_map>

#include "engine/eval/eval.h"
#include "engine/eval/json_lines.h"

namespace commonplace::eval {
namespace {

constexpr std::size_t kDeepest = 10;

bool isNamed(const std::string& path, const std::string& fileName) {
    return std::filesystem::path(path).filename().native() == fileName;
}

bool isRightDocument(const retrieve::Passage& passage, const PageQuestion& question) {
    return std::any_of(passage.document.paths.begin(), passage.document.paths.end(),
                       [&](const std::string& path) { return isNamed(path, question.document); });
}

bool isHit(const retrieve::Passage& passage, const PageQuestion& question) {
    return isRightDocument(passage, question) &&
           std::any_of(question.pages.begin(), question.pages.end(),
                       [&](int gold) { return passage.page <= gold && gold <= passage.pageEnd; });
}

/// File name to the paths that bear it.
using Places = std::unordered_map<std::string, std::vector<std::string>>;

Result<Places> placesOf(store::IndexStore& store) {
    TRY(const auto paths, store.pathsUnder("/"));
    Places places;
    for (const store::KnownPath& known : paths)
        places[std::filesystem::path(known.file.path).filename().native()].push_back(known.file.path);
    return places;
}

Result<std::vector<PageQuestion>> answerable(const std::vector<PageQuestion>& questions,
                                             const Places& places) {
    std::vector<PageQuestion> chosen;
    for (const PageQuestion& question : questions) {
        if (question.pages.empty()) continue;
        if (!places.contains(question.document))
            return Error(ErrorCode::NotFound, "the document of question " + question.id + ", " +
                                                  question.document +
                                                  ", is not in this library: index its folder first");
        chosen.push_back(question);
    }
    return chosen;
}

/// How deep the first hit stands, from 1; 0 for none.
template <class Passages, class Matches>
std::size_t firstRank(const Passages& passages, const Matches& matches) {
    const auto found = std::find_if(passages.begin(), passages.end(), matches);
    return found == passages.end() ? 0 : static_cast<std::size_t>(found - passages.begin()) + 1;
}

double shareWithin(const std::vector<std::size_t>& ranks, std::size_t depth) {
    if (ranks.empty()) return 0;
    const auto within =
        std::count_if(ranks.begin(), ranks.end(), [&](std::size_t r) { return r >= 1 && r <= depth; });
    return static_cast<double>(within) / static_cast<double>(ranks.size());
}

}  // namespace

Result<std::vector<PageQuestion>> readPageQuestions(const std::filesystem::path& file) {
    std::vector<PageQuestion> questions;
    TRY_VOID(forEachJsonLine(file, [&](const JsonLine& line) -> Result<void> {
        PageQuestion question;
        TRY(question.id, line.text("id"));
        TRY(question.question, line.text("question"));
        TRY(question.document, line.optionalText("doc"));
        TRY(question.pages, line.integers("pages"));
        if (!question.pages.empty() && question.document.empty())
            return line.wrong("there are pages, but no \"doc\"");
        questions.push_back(std::move(question));
        return {};
    }));
    return questions;
}

Result<PageReport> evalPages(const std::vector<PageQuestion>& questions, const retrieve::Retriever& retriever,
                             store::IndexStore& store, std::size_t k, Scope scope, std::stop_token stop) {
    TRY(const Places places, placesOf(store));
    TRY(const auto asked, answerable(questions, places));
    std::vector<std::size_t> hits, documents;
    for (const PageQuestion& question : asked) {
        retrieve::Query query;
        query.text = question.question;
        query.limit = std::max(k, kDeepest);
        if (scope == Scope::OwnDocument) query.within = places.at(question.document);
        TRY(const retrieve::Results results, retriever.search(query, stop));
        hits.push_back(firstRank(results.passages, [&](const auto& p) { return isHit(p, question); }));
        documents.push_back(
            firstRank(results.passages, [&](const auto& p) { return isRightDocument(p, question); }));
    }
    return PageReport{asked.size(), shareWithin(hits, 1), shareWithin(hits, 5), shareWithin(hits, kDeepest),
                      shareWithin(documents, kDeepest)};
}

}  // namespace commonplace::eval
