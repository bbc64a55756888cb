// Proof: does a quote stand on its page?
//
// A quote is verified when it occurs in the stored text of its page after the foldings of this closed table,
// and nothing else is folded: no case, no NFKC (10² is not 102), no digits, no accents, no omissions ("…" and
// "[...]" match only themselves).
//
//   1  white space     every run of Unicode white space equals one space; leading and trailing runs of the
//                      quote are dropped; a line end between two characters of scripts without spaces may
//                      also be nothing
//   2  soft hyphen     U+00AD is dropped; before a line end it may take the line end with it
//   3  line-end hyphen a hyphen (U+002D, U+2010) before a line end in the page may be: joined away (between
//                      letters only, so that 10-|20 is never 1020), kept, or kept with a space; any other
//                      dash of row 6 may be kept, or kept with a space
//   4  ligatures       U+FB00 ff, U+FB01 fi, U+FB02 fl, U+FB03 ffi, U+FB04 ffl equal their letters
//   5  quotes          ' ‘ ’ ‚ ‛ ′ are one; " “ ” „ ‟ ″ « » are one
//   6  dashes          - ‐ ‑ ‒ – — ― − are one
//
// A match must not cut a word or a number: if the quote begins (ends) with a letter or digit, the page must
// not go on with one there, nor with what ties it to one: an apostrophe or hyphen inside a word (can|'t,
// non-|profit), a separator, range or fraction inside a number (1.|5, 1,|500, 10|-15, 1|/2), a minus, a
// decimal point or a dash directly before a number (-|5, COVID-|19). Scripts without spaces between words are
// exempt from the word rule. Quotes of fewer than `kMinimumWords` words prove nothing alone.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "engine/base/text.h"

namespace commonplace::answer {

inline constexpr std::size_t kMinimumWords = 4;
/// Longer quotes are not found: no answer quotes more than a few pages, and the search needs a bound.
inline constexpr std::size_t kMaximumQuoteBytes = 16 * 1024;

/// Where the quote stands in `page` (bytes of the page as stored), or nullopt: not found. Pure, any thread.
/// Time: proportional to the page for usual text, at worst page × quote / 64 (bit-parallel search,
/// Baeza-Yates & Gonnet 1992, doi 10.1145/135239.135243).
std::optional<base::Range> prove(std::string_view quote, std::string_view page);

}  // namespace commonplace::answer
