// What a full stop after a token may mean. English, German and French forms that are common in reports,
// contracts and papers. Internal to base.
#pragma once

#include <cstdint>
#include <string_view>

namespace commonplace::base {

enum class Abbreviation : std::uint8_t {
    None,     ///< the stop ends the sentence
    Title,    ///< a name follows: "Dr.", "e.g.", an initial; never the end
    Counted,  ///< a number follows: "No. 5", "Fig. B"; otherwise the end
    Plain,    ///< "Inc.", "etc.", "U.S.": the end only when a word follows that typically begins a sentence
};

/// `token` is what stands before the stop, without it ("Fig", "U.S").
Abbreviation abbreviationKind(std::string_view token);
/// "12", "iv", "b", "2.1": a token that numbers a list item or a heading.
bool isListMark(std::string_view token);
/// A single capital letter or a roman numeral.
bool looksLikeNumber(std::string_view word);
/// "The", "In", "However": after "Inc." such a word begins a new sentence.
bool isSentenceStarter(std::string_view word);
/// "Item 7", "Table 3": at the beginning of a sentence its stop is part of a heading or a caption.
bool isNumberedLabel(std::string_view sentence);

}  // namespace commonplace::base
