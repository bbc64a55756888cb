#include "engine/eval/data_set.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <unordered_map>

#include "engine/base/file.h"
#include "engine/base/text.h"
#include "engine/eval/json_lines.h"

namespace commonplace::eval {
namespace {

using JudgementsOfQueries = std::unordered_map<std::string, Judgements>;

std::vector<std::string_view> columnsOf(std::string_view line) {
    std::vector<std::string_view> columns;
    for (std::size_t tab = line.find('\t'); tab != std::string_view::npos; tab = line.find('\t')) {
        columns.push_back(line.substr(0, tab));
        line.remove_prefix(tab + 1);
    }
    columns.push_back(line);
    return columns;
}

std::optional<int> wholeNumber(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// Pairs outside of the prefix are left out on either side.
Result<JudgementsOfQueries> readQrels(const std::filesystem::path& file, const std::string& prefix) {
    TRY(const std::string bytes, base::readFile(file));
    JudgementsOfQueries judgements;
    std::size_t number = 0;
    for (const std::string_view line : linesOf(bytes)) {
        ++number;
        if (base::trim(line).empty()) continue;
        const std::vector<std::string_view> columns = columnsOf(line);
        const std::optional<int> grade =
            columns.size() == 3 ? wholeNumber(base::trim(columns[2])) : std::nullopt;
        if (!grade)
            return wrongLine(file, number, "expected query, document and a whole number, parted by tabs");
        if (columns[0].starts_with(prefix) && columns[1].starts_with(prefix))
            judgements[std::string(columns[0])].insert_or_assign(std::string(columns[1]), *grade);
    }
    return judgements;
}

Error nothingJudged(const std::filesystem::path& queries, const std::string& prefix) {
    const std::string whose = prefix.empty() ? "" : " whose id begins with \"" + prefix + "\"";
    return {ErrorCode::InvalidArgument,
            "no query of " + base::displayPath(queries) + whose + " has a relevant document"};
}

}  // namespace

Result<std::vector<CorpusDocument>> readCorpus(const std::filesystem::path& file,
                                               const std::string& idPrefix) {
    std::vector<CorpusDocument> documents;
    std::set<std::string> seen;
    TRY_VOID(forEachJsonLine(file, [&](const JsonLine& line) -> Result<void> {
        CorpusDocument document;
        TRY(document.id, line.text("id"));
        if (!document.id.starts_with(idPrefix)) return {};
        TRY(document.title, line.optionalText("title"));
        TRY(document.text, line.text("text"));
        if (!seen.insert(document.id).second)
            return line.wrong("the id " + document.id + " was there before");
        documents.push_back(std::move(document));
        return {};
    }));
    return documents;
}

Result<std::vector<JudgedQuery>> readJudgedQueries(const std::filesystem::path& queries,
                                                   const std::filesystem::path& qrels,
                                                   const std::string& idPrefix) {
    TRY(JudgementsOfQueries judgements, readQrels(qrels, idPrefix));
    std::erase_if(judgements, [](const auto& judged) { return relevantCount(judged.second) == 0; });
    std::vector<JudgedQuery> judged;
    TRY_VOID(forEachJsonLine(queries, [&](const JsonLine& line) -> Result<void> {
        JudgedQuery query;
        TRY(query.id, line.text("id"));
        TRY(query.text, line.text("text"));
        const auto found = judgements.find(query.id);
        if (found == judgements.end()) return {};
        query.judgements = std::move(found->second);
        judgements.erase(found);
        judged.push_back(std::move(query));
        return {};
    }));
    if (!judgements.empty())
        return Error(ErrorCode::InvalidArgument, "the judged query " + judgements.begin()->first +
                                                     " is not in " + base::displayPath(queries));
    if (judged.empty()) return nothingJudged(queries, idPrefix);
    return judged;
}

}  // namespace commonplace::eval
