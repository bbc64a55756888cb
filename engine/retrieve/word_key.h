// WordKey: when two words are the same word for search.
//
// The full-text index decides what is *found*; these keys say the same about single words in memory, for
// marks, snippets and file names: case folded, Latin accents dropped, English endings taken off (Porter
// 1980). Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace commonplace::retrieve {

/// "Études" -> "etud", "running" -> "run". Words of other scripts are folded only.
std::string wordKey(std::string_view word);

/// The same without taking endings off.
std::string foldedWord(std::string_view word);

/// The parts of a word that carry meaning: "company's" -> company, "l'homme" -> homme, "they're" -> they; the
/// word itself when it has no apostrophe or nothing would be left.
std::vector<std::string> apostropheParts(std::string_view word);

/// True for Chinese, Japanese and Korean terms, which the index holds as overlapping pairs: they match
/// anywhere inside a run of such characters, not at word borders.
bool isRunTerm(std::string_view term);

/// What other forms of a word begin with, in a language whose endings nobody here knows: its first two
/// thirds. Empty for words of less than five letters or with digits, and in scripts that do not space their
/// words.
enum class Scripts { All, NotLatin };
std::string_view sharedBeginning(std::string_view word, Scripts scripts);

}  // namespace commonplace::retrieve
