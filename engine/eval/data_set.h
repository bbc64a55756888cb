// DataSet: corpora, queries and judgements from files. Every error names the file and the line.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/eval/measures.h"

namespace commonplace::eval {

struct CorpusDocument {
    std::string id;
    std::string title;
    std::string text;
};

struct JudgedQuery {
    std::string id;
    std::string text;
    Judgements judgements;
};

/// JSON lines {id, title, text}; title may be absent. Ids are strings or integers, each once. Empty lines are
/// skipped.
Result<std::vector<CorpusDocument>> readCorpus(const std::filesystem::path& file,
                                               const std::string& idPrefix);

/// The queries of JSON lines {id, text} that a TSV of (query, document, grade) judges with at least one
/// relevant document, in file order. InvalidArgument when a judged query is not in the file, or none is
/// judged.
Result<std::vector<JudgedQuery>> readJudgedQueries(const std::filesystem::path& queries,
                                                   const std::filesystem::path& qrels,
                                                   const std::string& idPrefix);

}  // namespace commonplace::eval
