// Quotes for judging prove(): genuine ones, rendered as readers and models render them, and false ones of
// every kind that matters, over any pages. The same seed gives the same quotes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace commonplace::answer {

struct Sample {
    std::string kind;  ///< "hyphen", "digit", "splice" …
    std::string quote;
    std::size_t page = 0;  ///< index of the page it is tried on
};

/// Words that stand on their page, across lines, hyphens and ligatures, in other typography. At least 4 words
/// each.
std::vector<Sample> genuineQuotes(const std::vector<std::string>& pages, std::size_t count,
                                  std::uint64_t seed);
/// Words that do not stand on their page: one digit, one "not" or one name changed, two places spliced, right
/// words of another page, or a word or number cut. None occurs on its page by accident, whatever is folded.
std::vector<Sample> falseQuotes(const std::vector<std::string>& pages, std::size_t count, std::uint64_t seed);

/// Pages with hyphens, ligatures, numbers, names and negations; made for this test.
std::vector<std::string> samplePages();

}  // namespace commonplace::answer
