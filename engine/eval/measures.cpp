#include "engine/eval/measures.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace commonplace::eval {
namespace {

int gradeOf(const std::string& document, const Judgements& judgements) {
    const auto found = judgements.find(document);
    return found == judgements.end() ? 0 : std::max(found->second, 0);
}

double discounted(int grade, std::size_t index) {
    return grade / std::log2(static_cast<double>(index) + 2);
}

double idealGain(const Judgements& judgements, std::size_t depth) {
    std::vector<int> grades;
    for (const auto& [document, grade] : judgements)
        if (grade > 0) grades.push_back(grade);
    std::sort(grades.begin(), grades.end(), std::greater<>());
    double gain = 0;
    for (std::size_t i = 0; i < std::min(depth, grades.size()); ++i) gain += discounted(grades[i], i);
    return gain;
}

}  // namespace

std::size_t relevantCount(const Judgements& judgements) {
    return static_cast<std::size_t>(std::count_if(judgements.begin(), judgements.end(),
                                                  [](const auto& judged) { return judged.second > 0; }));
}

double ndcg(const Ranking& ranking, const Judgements& judgements, std::size_t depth) {
    double gain = 0;
    for (std::size_t i = 0; i < std::min(depth, ranking.size()); ++i)
        gain += discounted(gradeOf(ranking[i], judgements), i);
    const double ideal = idealGain(judgements, depth);
    return ideal > 0 ? gain / ideal : 0;
}

double recall(const Ranking& ranking, const Judgements& judgements, std::size_t depth) {
    const std::size_t relevant = relevantCount(judgements);
    const auto end = ranking.begin() + static_cast<std::ptrdiff_t>(std::min(depth, ranking.size()));
    const auto found =
        std::count_if(ranking.begin(), end, [&](const auto& id) { return gradeOf(id, judgements) > 0; });
    return relevant > 0 ? static_cast<double>(found) / static_cast<double>(relevant) : 0;
}

double averagePrecision(const Ranking& ranking, const Judgements& judgements) {
    const std::size_t relevant = relevantCount(judgements);
    double sum = 0, found = 0;
    for (std::size_t i = 0; i < ranking.size(); ++i) {
        if (gradeOf(ranking[i], judgements) == 0) continue;
        ++found;
        sum += found / static_cast<double>(i + 1);
    }
    return relevant > 0 ? sum / static_cast<double>(relevant) : 0;
}

double reciprocalRank(const Ranking& ranking, const Judgements& judgements) {
    for (std::size_t i = 0; i < ranking.size(); ++i)
        if (gradeOf(ranking[i], judgements) > 0) return 1 / static_cast<double>(i + 1);
    return 0;
}

double mean(const std::vector<double>& values) {
    if (values.empty()) return 0;
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double percentile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const double rank = std::ceil(share * static_cast<double>(values.size()));
    return values[std::min(static_cast<std::size_t>(std::max(rank, 1.0)), values.size()) - 1];
}

}  // namespace commonplace::eval
