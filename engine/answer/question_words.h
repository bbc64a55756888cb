// QuestionWords: the content words of a question and how much each weighs in this library. What share of that
// weight a text covers is the main sign of support: a passage about "the capital" does not answer for "the
// capital of France".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/retrieve/query.h"
#include "engine/retrieve/term_matcher.h"
#include "engine/store/index_store.h"

namespace commonplace::answer {

/// Which of the words a text holds, one flag a word.
using Found = std::vector<bool>;
Found united(Found found, const Found& more);

/// How the words of a question are found. Known: the embedder knows the language, English that is. Foreign:
/// by their beginnings, and no stop words are known. Pairs: Chinese, Japanese, Korean, by pairs of
/// characters.
enum class Language { Known, Foreign, Pairs };

class QuestionWords final {
  public:
    /// Weights are inverse document frequencies over the chunks of the library; a word that occurs nowhere
    /// weighs most. `carried` words (follow-ups) weigh less. A question mostly of pairs is Pairs, whatever
    /// `language` says.
    static Result<QuestionWords> weigh(store::IndexStore& store, std::string_view question,
                                       const std::vector<std::string>& carried, Language language);

    Found findIn(std::string_view text) const;
    /// 0 … 1: the weight of the found words among all; 0 for a question without content words.
    double share(const Found& found) const;
    bool empty() const { return m_matcher.weights().empty(); }
    std::size_t count() const { return m_matcher.weights().size(); }
    /// The question as a sentence, for the embedder.
    const std::string& plain() const { return m_plain; }
    Language language() const { return m_language; }
    const retrieve::TermMatcher& matcher() const { return m_matcher; }

  private:
    QuestionWords(retrieve::TermMatcher matcher, std::string plain, Language language)
        : m_matcher(std::move(matcher)), m_plain(std::move(plain)), m_language(language) {}

    retrieve::TermMatcher m_matcher;
    std::string m_plain;
    Language m_language = Language::Known;
};

}  // namespace commonplace::answer
