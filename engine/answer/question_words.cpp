#include "engine/answer/question_words.h"

#include <algorithm>

#include "engine/retrieve/keyword.h"
#include "engine/retrieve/ranking.h"
#include "engine/retrieve/stop_words.h"
#include "engine/retrieve/word_key.h"

namespace commonplace::answer {
namespace {

// In a library of a few passages every word is "frequent" there and every other one unknown. It counts as
// part of a larger one until it is large enough to say which words are common.
constexpr std::int64_t kLeastChunks = 20;

/// A question of stop words only ("Who are you?") is about nothing that a library could hold.
retrieve::ParsedQuery contentOf(std::string_view text, Language language) {
    const auto endings = language == Language::Known ? retrieve::Endings::English : retrieve::Endings::Any;
    retrieve::ParsedQuery query = retrieve::parse(text, {retrieve::Phrases::Optional, endings});
    std::erase_if(query.terms, [](const retrieve::Term& term) { return retrieve::isStopWord(term.text); });
    return query;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += word + ' ';
    return text;
}

}  // namespace

Found united(Found found, const Found& more) {
    for (std::size_t i = 0; i < found.size(); ++i) found[i] = found[i] || more[i];
    return found;
}

Result<QuestionWords> QuestionWords::weigh(store::IndexStore& store, std::string_view question,
                                           const std::vector<std::string>& carried, Language language) {
    retrieve::ParsedQuery query = contentOf(question, language);
    const std::size_t own = query.terms.size();
    for (retrieve::Term& term : contentOf(joined(carried), language).terms)
        query.terms.push_back(std::move(term));
    TRY(const auto frequencies, retrieve::termFrequencies(store, query));
    TRY(const store::Counts counts, store.counts(0));
    std::vector<double> rarity = retrieve::rarities(frequencies, std::max(counts.chunks, kLeastChunks));
    for (std::size_t i = own; i < rarity.size(); ++i) rarity[i] *= retrieve::kRanking.carried;
    const auto pairs = std::count_if(query.terms.begin(), query.terms.end(), [](const retrieve::Term& term) {
        return retrieve::isRunTerm(term.key);
    });
    if (2 * static_cast<std::size_t>(pairs) > query.terms.size()) language = Language::Pairs;
    std::string plain = query.plain;
    return QuestionWords(retrieve::TermMatcher(query, rarity), std::move(plain), language);
}

Found QuestionWords::findIn(std::string_view text) const {
    Found found(count());
    for (const retrieve::TermMatch& match : m_matcher.find(text, base::words(text))) found[match.term] = true;
    return found;
}

double QuestionWords::share(const Found& found) const {
    double all = 0, sum = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        all += m_matcher.weights()[i];
        if (found[i]) sum += m_matcher.weights()[i];
    }
    return all > 0 ? sum / all : 0;
}

}  // namespace commonplace::answer
