// Support: do the passages hold enough to answer from? Below the line the answer is "not in your documents".
#pragma once

#include <optional>

#include "engine/answer/evidence.h"
#include "engine/answer/question_words.h"

namespace commonplace::answer {

struct Support {
    double coverage = 0;  ///< share of the question's content words, by weight, that the best passage holds
    std::optional<double>
        cosine;  ///< of the nearest passage; nullopt without vectors or in a language the embedder lacks
};

/// The words of a passage are its text, its headings, its document's title and file name.
Support supportOf(const Evidence& evidence, const QuestionWords& words);

/// A calibrated line, see the source for what it was measured on.
bool isEnough(const Support& support, Language language);

/// What a passage says about its place: headings, title, file name, as words.
std::string contextOf(const retrieve::Passage& passage);

}  // namespace commonplace::answer
