// The form of a text that the full-text index sees, and of a query that shall find it. Both sides call these
// functions: retrieve never builds an FTS5 term in another way.
//
// SQLite's tokenizer (porter unicode61) splits at spaces and punctuation, drops Latin accents and stems
// English. What it cannot do is done here, by a closed table:
//   - Han, kana, Hangul: every run becomes its overlapping pairs, "黑豹队" -> "黑豹 豹队"; a run of one stays
//   itself
//     (measured on XQuAD zh, nDCG@10: pairs .957, ICU words .953, no segmentation .13; and a query word that
//     a dictionary would cut differently is still found);
//   - Thai, Lao, Khmer, Burmese: a space between the words that ICU's dictionaries find (th: .961, pairs
//   .931);
//   - full-width and half-width forms, Arabic and Hebrew presentation forms, Latin ligatures: their NFKC;
//   - Arabic and Hebrew points, which readers leave out, and the Arabic stretching character: dropped.
// Everything else stays byte for byte. It is for finding, never for proving a quote.
//
// Thread: pure functions, any thread. Input must be valid UTF-8 (bad bytes stay bad bytes, nothing worse).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace commonplace::store {

/// The text as the index sees it; equal to `text` for Latin, Cyrillic, Greek, Devanagari …
std::string fullTextForm(std::string_view text);

/// The words of a query, in order, as the index knows them: UAX 29 words, pairs for Chinese, Japanese,
/// Korean. Repetitions stay. Not folded, not stemmed: the tokenizer does that.
std::vector<std::string> fullTextTerms(std::string_view query);

/// One term as an FTS5 expression, quoted, so that no character of it is syntax: `"state"`, `"don't"`. A lone
/// Han, kana or Hangul character becomes a prefix, `"队" *`, because the index holds it as the first half of
/// a pair.
std::string fullTextMatch(std::string_view term);

/// Several words that must stand together, as one FTS5 phrase.
std::string fullTextPhrase(std::string_view words);

}  // namespace commonplace::store
