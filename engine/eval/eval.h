// Evaluation: retrieval measures on data sets of others (corpus, queries, judgements) and page hits on
// questions with known pages, over the same chunker, store, index and retriever that serve the user.
//
// nDCG uses linear gain and log2 discount as trec_eval does (Järvelin & Kekäläinen 2002); MAP divides by all
// relevant documents; every judged query is averaged, found or not. A document scores as its best chunk; ties
// by document id.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/thread_pool.h"
#include "engine/document/embedder.h"
#include "engine/retrieve/retriever.h"

namespace commonplace::eval {

struct RetrievalTask {
    std::filesystem::path corpus;   ///< JSON lines {id, title, text}
    std::filesystem::path queries;  ///< JSON lines {id, text}
    std::filesystem::path qrels;    ///< TSV query, document, relevance
    std::string idPrefix;           ///< only ids that start with it, of documents and queries
    std::vector<retrieve::Mode> modes{retrieve::Mode::Hybrid};
};

struct RetrievalReport {
    retrieve::Mode mode = retrieve::Mode::Hybrid;
    double ndcg10 = 0, recall10 = 0, recall100 = 0, map = 0, mrr = 0;
    std::size_t queries = 0, documents = 0;
    double p50Ms = 0, p95Ms = 0;
    std::vector<double> ndcg10PerQuery;  ///< in query order, for paired comparisons
};

/// a - b in nDCG@10, query by query, with the 95 % interval of the mean (normal approximation).
struct PairedDifference {
    double mean = 0, low95 = 0, high95 = 0;
};
PairedDifference pairedDifference(const RetrievalReport& a, const RetrievalReport& b);

struct EvalProgress {
    std::string step;
    std::size_t done = 0, total = 0;
};
using OnEvalProgress = std::function<void(const EvalProgress&)>;

/// What an evaluation of retrieval works with; all must outlive the call.
struct RetrievalTools {
    const document::Embedder& embedder;
    base::ThreadPool& pool;         ///< for embedding
    std::filesystem::path scratch;  ///< an empty folder, for a throw-away index
};

/// One report per mode, in order. A judged query has at least one relevant document; scores come from the
/// passages that a search with the product's own pool finds. Times are of the ranking alone, without
/// snippets. NotFound, Io: the files; InvalidArgument with file and line: what is wrong with them; Cancelled.
Result<std::vector<RetrievalReport>> evalRetrieval(const RetrievalTask& task, const RetrievalTools& tools,
                                                   const OnEvalProgress& progress, std::stop_token stop);

struct PageQuestion {
    std::string id;
    std::string question;
    std::string document;    ///< file name
    std::vector<int> pages;  ///< 1-based; empty: unanswerable
};
Result<std::vector<PageQuestion>> readPageQuestions(const std::filesystem::path& file);

struct PageReport {
    std::size_t questions = 0;
    double hit1 = 0, hit5 = 0, hit10 = 0, documentHit10 = 0;
};

enum class Scope { Library, OwnDocument };
/// Questions without pages are left out. A hit: right document and page <= gold <= pageEnd.
Result<PageReport> evalPages(const std::vector<PageQuestion>& questions, const retrieve::Retriever& retriever,
                             store::IndexStore& store, std::size_t k, Scope scope, std::stop_token stop);

}  // namespace commonplace::eval
