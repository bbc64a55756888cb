// Measures of a ranking, as trec_eval defines them. Pure.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace commonplace::eval {

/// What people judged: document to grade; > 0 is relevant, the rest and the unknown are not.
using Judgements = std::map<std::string, int>;
/// Document ids, best first, each once.
using Ranking = std::vector<std::string>;

std::size_t relevantCount(const Judgements& judgements);
/// Linear gain, discount 1 / log2(rank + 1); divided by that of the ideal order. 0 when nothing is relevant.
double ndcg(const Ranking& ranking, const Judgements& judgements, std::size_t depth);
/// Relevant documents among the first `depth`, of all relevant ones.
double recall(const Ranking& ranking, const Judgements& judgements, std::size_t depth);
/// The mean, over all relevant documents, of the precision where each was found (0 for those that were not).
double averagePrecision(const Ranking& ranking, const Judgements& judgements);
/// 1 / rank of the first relevant document, 0 without one.
double reciprocalRank(const Ranking& ranking, const Judgements& judgements);

double mean(const std::vector<double>& values);
/// Nearest rank: the smallest value that at least `share` (0 … 1) of all values do not exceed; 0 for no
/// values.
double percentile(std::vector<double> values, double share);

}  // namespace commonplace::eval
