#include "engine/answer/support.h"

#include <algorithm>

namespace commonplace::answer {
namespace {

// Measured with the built-in embedder; "kept" are answerable questions that are answered, "held back" are questions about
// something else that are not:
//   coverage + cosine >= .88      Northwind: 100 % of 201 kept; 100 % of 21 and 97 % of 300 held back (general knowledge,
//                                 Wikipedia); of its other 24 "don't know" questions, which are about the plans, 12 %
//                                 MMLongBench: 80 % of 41 kept (7 of the 8 lost had no right page among the passages);
//                                 66 to 78 % of 501 held back
//                                 XQuAD en with half of its articles: 96 % of 170 kept, 93 % of 130 held back
//   coverage >= .35, no vectors   XQuAD en: 95 % kept, 86 % held back
//   coverage >= .20, a language that the embedder does not know (no stop words, no stems: the share is smaller)
//                                 XQuAD de, es, ar, ru, zh: 96, 99, 91, 88, 87 % kept; 62, 47, 70, 85, 92 % held back
constexpr double kEnough = 0.88;
constexpr double kEnoughWords = 0.35;
constexpr double kEnoughForeignWords = 0.20;

}  // namespace

std::string contextOf(const retrieve::Passage& passage) {
    std::string context = passage.chunk.heading + ' ' + passage.document.title + ' ' + placeName(passage);
    for (char& c : context)
        if (c == '_' || c == '-' || c == '.') c = ' ';  // employee_handbook.pdf
    return context;
}

Support supportOf(const Evidence& evidence, const QuestionWords& words, Language language) {
    Support support;
    for (const retrieve::Passage& passage : evidence.passages()) {
        const Found found = united(words.findIn(passage.chunk.text), words.findIn(contextOf(passage)));
        support.coverage = std::max(support.coverage, words.share(found));
        if (language == Language::Known && passage.parts.cosine)
            support.cosine = std::max(support.cosine.value_or(-1), *passage.parts.cosine);
    }
    return support;
}

bool isEnough(const Support& support, Language language) {
    if (support.cosine) return support.coverage + *support.cosine >= kEnough;
    return support.coverage >= (language == Language::Known ? kEnoughWords : kEnoughForeignWords);
}

}  // namespace commonplace::answer
