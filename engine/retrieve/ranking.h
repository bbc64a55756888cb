// The constants of ranking, in one place, each with what it was measured on. Judged on nDCG@10 and page hits
// of seven collections (Cranfield, SciFact, CovidQA, XQuAD, Northwind, FinanceBench, MMLongBench) together,
// never on one.
#pragma once

#include <cstddef>

namespace commonplace::retrieve {

struct Ranking {
    /// bm25 weight of title and headings beside 1 for the text.
    double heading = 2.0;
    /// Share of the bm25 of neighbouring query words found as a phrase (sequential dependence, Metzler &
    /// Croft 2005).
    double neighbours = 0.3;
    /// Share of the bm25 of words carried over from the previous question.
    double carried = 0.35;
    /// What a file name that names every query word adds, as a share of the best bm25.
    double fileName = 0.5;
    /// Passages to learn from (feedback.h), words of each, how near the last must come to the first, and the
    /// share of the likeness to them in the semantic score: Cranfield +.010, the other sets within .004.
    std::size_t seeds = 3;
    std::size_t seedWords = 24;
    double leastSeed = 0.65;
    double likeness = 0.4;
    /// Candidates of each list (200 ranks as well as all of them).
    std::size_t pool = 200;
    /// Terms of one query that are searched for; of a longer one the rarest.
    std::size_t mostTerms = 32;
    /// Below this affinity of the embedder a query counts as foreign: meaning does not decide alone when no
    /// word was found, and words are found by their beginnings.
    double leastAffinity = 0.5;
    /// A semantic weight that is not worth embedding the query for.
    double leastWeight = 0.01;
};
inline constexpr Ranking kRanking;

}  // namespace commonplace::retrieve
