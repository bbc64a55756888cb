// The query language: what a person typed, taken apart. Pure; any input is harmless.
//
//   words              any of them may match, the more and the rarer the better; stop words are dropped
//   unless nothing is left "balance billing"  must stand together and in this order (also in curly quotes)
//   -word, -"a b"      must not occur
//   dir:reports, ext:pdf (type:pdf), title:budget, title:"two words", and each after a minus:
//                      only such documents (filters.h); at most 16
//
// In a question ("…?") quotation marks and dashes are language, not operators; filters stay filters.
// Exclusions alone name nothing to find (onlyExcludes()). A minus before a digit or a space is no operator,
// and a colon behind any other word, or before a value that cannot be meant ("type:<T>"), neither. Words that
// stand together also make *neighbours*: phrases that raise a passage where they stand together again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace commonplace::retrieve {

/// One word (or pair of Chinese, Japanese, Korean characters) to look for.
struct Term {
    std::string text;    ///< as typed
    std::string key;     ///< wordKey(text)
    std::string match;   ///< as an FTS5 expression, quoted
    std::string prefix;  ///< foldedWord() of the beginning that other forms of the word share; may be empty
};

/// Content words that follow each other, at most two stop words between them: `"state of the art"`.
struct Neighbours {
    std::string match;  ///< as an FTS5 phrase
    std::string firstKey, lastKey;
};

/// A condition on documents. Field::Ending is "ext:" and "type:".
enum class Field { Folder, Ending, Title };
enum class Sense { Include, Exclude };
struct Filter {
    Field field = Field::Folder;
    Sense sense = Sense::Include;
    std::string value;  ///< as typed, without quotation marks; of endings without the dot
    bool operator==(const Filter&) const = default;
};

struct ParsedQuery {
    std::vector<Term> terms;            ///< distinct by key, in order; from outside of required phrases
    std::vector<std::string> required;  ///< FTS5 phrases that must occur
    std::vector<std::string> excluded;  ///< FTS5 phrases that must not occur
    std::vector<Filter> filters;
    std::vector<Neighbours> neighbours;
    std::vector<std::string> phraseKeys;  ///< keys of the words of required phrases
    std::vector<std::string> ignored;     ///< stop words that were dropped
    std::string
        plain;  ///< the query as a sentence, without operators, exclusions and filters: for the embedder
    /// Nothing to look for; filters may still list documents.
    bool empty() const { return terms.empty() && required.empty(); }
    bool onlyExcludes() const { return empty() && filters.empty() && !excluded.empty(); }
};

enum class Phrases { Required, Optional };

/// How the forms of a word in Latin letters are found: by the index's English stems, or by a common beginning
/// (the first two thirds, at least four letters), which serves every language that inflects at the end, and
/// German compounds. Words in other spaced scripts always go by their beginning, and the exact form counts
/// twice. Measured on XQuAD, nDCG@10: Russian .876 -> .945, Turkish .898 -> .946, Romanian .930 -> .963,
/// German .928 -> .954; but SciFact (English) .705 -> .692, so never for English.
enum class Endings { English, Any };

struct ParseOptions {
    Phrases phrases = Phrases::Required;
    Endings endings = Endings::English;
};

/// Reads the first 16 KB of `text`; at most 512 distinct terms. `empty()` when it holds no word at all.
ParsedQuery parse(std::string_view text, const ParseOptions& options = {});

/// Bounds a pasted page: keeps the `limit` rarest terms that occur at all (`frequencies` per term, as
/// IndexStore::documentFrequencies says) and at most twice as many neighbours among them.
ParsedQuery keepRarest(ParsedQuery query, const std::vector<std::int64_t>& frequencies, std::size_t limit);

// FTS5 expressions of quoted parts; an empty string means "nothing can match".
std::string anyOf(const std::vector<std::string>& matches);
/// ("p" AND "q") AND ("p" OR "q" OR "word" …) NOT ("x" OR "y")
std::string matchExpression(const ParsedQuery& query);
std::string neighbourExpression(const ParsedQuery& query);

}  // namespace commonplace::retrieve
