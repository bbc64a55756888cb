#include "engine/answer/support.h"

#include <algorithm>

namespace commonplace::answer {
namespace {

// Measured with the built-in embedder; "kept" are answerable questions that are answered, "held back" are
// questions about something else that are not:
//   coverage + cosine >= .88     Northwind: 100 % of 201 kept; 100 % of 21 and 97 % of 300 held back (general
//                                knowledge, Wikipedia); 12 % of its other 24 "don't know" questions, which
//                                are about the plans all the same
//                                MMLongBench: 83 % of 41 kept (most of those lost had no right page among
//                                the passages); 64 to 79 % of 501 held back
//                                XQuAD en with half of its articles: 95 % of 170 kept, 92 % of 130 held back
//   cosine >= .62 alone          for questions in other words than the documents'; .00 to .03 fewer held back
//   coverage >= .35, no vectors  XQuAD en: 95 % kept, 86 % held back
//   coverage >= .28, Foreign     XQuAD de, es, ru, ar: 96, 100, 96, 84 % kept; 73, 57, 72, 82 % held back
//   coverage >= .15, Pairs       XQuAD zh: 96 % kept, 81 % held back
constexpr double kEnough = 0.88;
constexpr double kEnoughMeaning = 0.62;
constexpr double kEnoughWords = 0.35;
constexpr double kEnoughForeignWords = 0.28;
constexpr double kEnoughPairs = 0.15;

double enoughWords(Language language) {
    switch (language) {
        case Language::Known:
            return kEnoughWords;
        case Language::Foreign:
            return kEnoughForeignWords;
        case Language::Pairs:
            return kEnoughPairs;
    }
    return kEnoughWords;
}

}  // namespace

std::string contextOf(const retrieve::Passage& passage) {
    std::string context = passage.chunk.heading + ' ' + passage.document.title + ' ' + placeName(passage);
    for (char& c : context)
        if (c == '_' || c == '-' || c == '.') c = ' ';  // employee_handbook.pdf
    return context;
}

Support supportOf(const Evidence& evidence, const QuestionWords& words) {
    Support support;
    for (const retrieve::Passage& passage : evidence.passages()) {
        const Found found = united(words.findIn(passage.chunk.text), words.findIn(contextOf(passage)));
        support.coverage = std::max(support.coverage, words.share(found));
        if (words.language() == Language::Known && passage.parts.cosine)
            support.cosine = std::max(support.cosine.value_or(-1), *passage.parts.cosine);
    }
    return support;
}

bool isEnough(const Support& support, Language language) {
    if (support.cosine)
        return support.coverage + *support.cosine >= kEnough || *support.cosine >= kEnoughMeaning;
    return support.coverage >= enoughWords(language);
}

}  // namespace commonplace::answer
