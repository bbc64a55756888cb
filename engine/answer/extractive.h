// Extractive: the sentences of the passages that answer best, without any language model.
//
// A sentence counts by the passage it stands in, by what share of the question's content words it and its
// headings hold, and by its meaning's nearness to the question; headings, fragments and questions count less.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "engine/answer/evidence.h"
#include "engine/answer/question_words.h"
#include "engine/base/result.h"
#include "engine/document/embedder.h"

namespace commonplace::answer {

struct ScoredSentence {
    std::size_t index = 0;  ///< into Evidence::sentences()
    double score = 0;
    double coverage = 0;
    double cosine = 0;  ///< 0 where nothing was embedded
};

/// All sentences that can be quoted, best first. `embedder` may be null; it sees the most promising few only.
Result<std::vector<ScoredSentence>> scoreSentences(const Evidence& evidence, const QuestionWords& words,
                                                   const document::Embedder* embedder, std::stop_token stop);

/// 1 to 4 of them: from distinct pages first, none that says the same again, best page first and in reading
/// order within it; neighbours are one quotation, and one that ends in a colon goes on with what it
/// announces.
std::vector<Sentence> chooseSentences(const Evidence& evidence, const std::vector<ScoredSentence>& scored);

/// The best sentence of each of the first passages, for "the nearest passages".
std::vector<Sentence> nearestSentences(const Evidence& evidence, const std::vector<ScoredSentence>& scored);

/// The answer in Markdown, one quotation a paragraph, numbered from 1.
std::string quotedText(const std::vector<document::Citation>& citations);

}  // namespace commonplace::answer
