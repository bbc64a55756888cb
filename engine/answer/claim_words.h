// The words by which a claim is compared with a passage: content words by their stems, and numbers. Pure, any
// thread.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/answer/number_keys.h"

namespace commonplace::answer {

struct ClaimWords {
    std::set<std::string> words;  ///< word keys; without stop words, and without what holds digits
    std::vector<WrittenNumber> numbers;
};

/// Of a passage, or a sentence of one.
ClaimWords wordsOf(std::string_view text);

/// Of a part of an answer: its markers and the numerals of its lists say nothing about the topic.
ClaimWords wordsOfClaim(std::string_view claim);

/// How many of `wanted` are `here`, numbers left aside.
std::size_t sharedWords(const ClaimWords& wanted, const ClaimWords& here);

bool saysSomething(const ClaimWords& claim);

/// A word or two say where something stands, or are the beginning of a sentence.
bool isLabel(const ClaimWords& claim);

/// The text without its markers.
std::string withoutMarkers(std::string_view text);

/// Bytes of what begins an item of a list, "- ", "10. ", "> 2) "; what has no words behind it is no item.
std::size_t itemSignOf(std::string_view line);

}  // namespace commonplace::answer
