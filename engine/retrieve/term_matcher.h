// TermMatcher: where the words of a query stand in a text, for snippets and marks. Pure, any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/base/text.h"
#include "engine/retrieve/query.h"

namespace commonplace::retrieve {

struct TermMatch {
    base::Range range;     ///< bytes of the text
    std::size_t term = 0;  ///< index into weights()
};

class TermMatcher final {
  public:
    /// `rarity` per term of the query (higher: rarer); words of required phrases get the highest.
    TermMatcher(const ParsedQuery& query, const std::vector<double>& rarity);

    /// In order of position; `words` as base::words(text) gave them. Ranges of Chinese, Japanese and Korean
    /// pairs overlap.
    std::vector<TermMatch> find(std::string_view text, const std::vector<base::Range>& words) const;
    const std::vector<double>& weights() const { return m_weights; }
    /// The keys, as they are shown to people ("what was searched for").
    const std::vector<std::string>& keys() const { return m_keys; }

  private:
    void add(const std::string& key, const std::string& prefix, double weight);
    std::optional<std::size_t> termOf(std::string_view word) const;
    void findWord(std::string_view text, const base::Range& word, std::vector<TermMatch>& found) const;
    void findRuns(std::string_view text, std::vector<TermMatch>& found) const;

    std::vector<std::string> m_keys;
    std::vector<double> m_weights;
    std::unordered_map<std::string, std::size_t> m_words;
    std::vector<std::pair<std::string, std::size_t>>
        m_prefixes;                   ///< beginnings that any form of a term shares
    std::vector<std::size_t> m_runs;  ///< terms that match inside a run of characters
};

}  // namespace commonplace::retrieve
