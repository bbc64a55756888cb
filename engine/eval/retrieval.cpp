// evalRetrieval: the measures of a data set, one report per mode.
#include <algorithm>
#include <unordered_map>

#include "engine/eval/corpus_index.h"
#include "engine/eval/data_set.h"
#include "engine/eval/eval.h"
#include "engine/eval/measures.h"

namespace commonplace::eval {
namespace {

constexpr std::size_t kPool = 200;                 ///< of the product
constexpr std::size_t kPassages = 2 * kPool;       ///< all of both lists: enough for 100 documents
constexpr std::size_t kShallow = 10, kDeep = 100;  ///< depths of the measures

/// Documents by their best passage, ties by id.
Ranking documentRanking(const std::vector<retrieve::Passage>& passages, const CorpusIndex& index) {
    std::unordered_map<std::string, double> best;
    for (const retrieve::Passage& passage : passages) {
        const auto [entry, isNew] = best.try_emplace(index.idOf(passage.document.id), passage.score);
        if (!isNew) entry->second = std::max(entry->second, passage.score);
    }
    Ranking ranking;
    for (const auto& [id, score] : best) ranking.push_back(id);
    std::sort(ranking.begin(), ranking.end(), [&](const std::string& a, const std::string& b) {
        return best.at(a) != best.at(b) ? best.at(a) > best.at(b) : a < b;
    });
    return ranking;
}

struct Series {
    std::vector<double> ndcg10, recall10, recall100, precision, reciprocal, milliseconds;

    void add(const Ranking& ranking, const Judgements& judgements) {
        ndcg10.push_back(ndcg(ranking, judgements, kShallow));
        recall10.push_back(recall(ranking, judgements, kShallow));
        recall100.push_back(recall(ranking, judgements, kDeep));
        precision.push_back(averagePrecision(ranking, judgements));
        reciprocal.push_back(reciprocalRank(ranking, judgements));
    }
};

RetrievalReport reportOf(retrieve::Mode mode, Series series, std::size_t documents) {
    RetrievalReport report;
    report.mode = mode;
    report.ndcg10 = mean(series.ndcg10);
    report.recall10 = mean(series.recall10);
    report.recall100 = mean(series.recall100);
    report.map = mean(series.precision);
    report.mrr = mean(series.reciprocal);
    report.queries = series.ndcg10.size();
    report.documents = documents;
    report.p50Ms = percentile(series.milliseconds, 0.5);
    report.p95Ms = percentile(series.milliseconds, 0.95);
    report.ndcg10PerQuery = std::move(series.ndcg10);
    return report;
}

Result<Series> runQueries(const std::vector<JudgedQuery>& queries, const CorpusIndex& index,
                          retrieve::Mode mode, const OnEvalProgress& progress, std::stop_token stop) {
    Series series;
    const retrieve::Retriever retriever = index.retriever();
    for (std::size_t i = 0; i < queries.size(); ++i) {
        retrieve::Query query;
        query.text = queries[i].text;
        query.mode = mode;
        query.limit = kPassages;
        query.pool = kPool;
        query.detail = retrieve::Detail::Ranking;
        TRY(const retrieve::Results results, retriever.search(query, stop));
        series.add(documentRanking(results.passages, index), queries[i].judgements);
        series.milliseconds.push_back(results.tookMs);
        if (progress) progress({std::string("searching, ") + retrieve::name(mode), i + 1, queries.size()});
    }
    return series;
}

CorpusIndex::With neededFor(const std::vector<retrieve::Mode>& modes) {
    const bool onlyWords =
        std::all_of(modes.begin(), modes.end(), [](auto mode) { return mode == retrieve::Mode::Keyword; });
    return onlyWords ? CorpusIndex::With::Words : CorpusIndex::With::WordsAndVectors;
}

}  // namespace

Result<std::vector<RetrievalReport>> evalRetrieval(const RetrievalTask& task, const RetrievalTools& tools,
                                                   const OnEvalProgress& progress, std::stop_token stop) {
    TRY(const auto documents, readCorpus(task.corpus, task.idPrefix));
    TRY(const auto queries, readJudgedQueries(task.queries, task.qrels, task.idPrefix));
    TRY(const auto index, CorpusIndex::build(documents, neededFor(task.modes), tools, progress, stop));
    std::vector<RetrievalReport> reports;
    for (const retrieve::Mode mode : task.modes) {
        TRY(Series series, runQueries(queries, *index, mode, progress, stop));
        reports.push_back(reportOf(mode, std::move(series), documents.size()));
    }
    return reports;
}

}  // namespace commonplace::eval
