#include "engine/retrieve/term_matcher.h"

#include <algorithm>

#include "engine/retrieve/word_key.h"

namespace commonplace::retrieve {

TermMatcher::TermMatcher(const ParsedQuery& query, const std::vector<double>& rarity) {
    double highest = 1;
    for (std::size_t i = 0; i < query.terms.size(); ++i) {
        add(query.terms[i].key, query.terms[i].prefix, rarity[i]);
        highest = std::max(highest, rarity[i]);
    }
    for (const std::string& key : query.phraseKeys) add(key, {}, highest);
}

void TermMatcher::add(const std::string& key, const std::string& prefix, double weight) {
    if (std::find(m_keys.begin(), m_keys.end(), key) != m_keys.end()) return;
    if (isRunTerm(key)) {
        m_runs.push_back(m_keys.size());
    } else {
        m_words.emplace(key, m_keys.size());
    }
    if (!prefix.empty()) m_prefixes.emplace_back(prefix, m_keys.size());
    m_keys.push_back(key);
    m_weights.push_back(weight);
}

std::vector<TermMatch> TermMatcher::find(std::string_view text, const std::vector<base::Range>& words) const {
    std::vector<TermMatch> found;
    if (!m_words.empty())
        for (const base::Range& word : words) findWord(text, word, found);
    findRuns(text, found);
    std::stable_sort(found.begin(), found.end(),
                     [](const TermMatch& a, const TermMatch& b) { return a.range.begin < b.range.begin; });
    return found;
}

std::optional<std::size_t> TermMatcher::termOf(std::string_view word) const {
    const std::string folded = foldedWord(word);
    if (const auto at = m_words.find(base::stem(folded)); at != m_words.end()) return at->second;
    for (const auto& [prefix, term] : m_prefixes)
        if (folded.starts_with(prefix)) return term;
    return std::nullopt;
}

void TermMatcher::findWord(std::string_view text, const base::Range& word,
                           std::vector<TermMatch>& found) const {
    const std::string_view bytes = text.substr(word.begin, word.size());
    std::optional<std::size_t> term = termOf(bytes);
    const std::vector<std::string> parts = term ? std::vector<std::string>() : apostropheParts(bytes);
    for (std::size_t i = 0; i < parts.size() && !term && parts.front() != bytes; ++i) term = termOf(parts[i]);
    if (term) found.push_back({word, *term});
}

void TermMatcher::findRuns(std::string_view text, std::vector<TermMatch>& found) const {
    for (const std::size_t term : m_runs) {
        const std::string& key = m_keys[term];
        for (std::size_t at = text.find(key); at != std::string_view::npos;
             at = text.find(key, at + key.size()))
            found.push_back({{at, at + key.size()}, term});
    }
}

}  // namespace commonplace::retrieve
