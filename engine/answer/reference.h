// References: markers without a quotation. Does the passage that a marker names say what stands before the
// marker? That is judged by words alone, so it is called support and never proof. Pure, any thread.
#pragma once

#include <cstddef>
#include <set>
#include <string_view>
#include <vector>

#include "engine/answer/evidence.h"
#include "engine/base/text.h"
#include "engine/prompt/prompt.h"

namespace commonplace::answer {

/// What one marker stands for.
struct Claim {
    std::string_view text;  ///< of the answer: from the marker before, at most its sentence
    std::set<int> numbers;  ///< that are cited for it together, as in "[1][2]"
};

/// The claim of each marker, in their order. `markers`: of this answer.
std::vector<Claim> claimsOf(std::string_view answer, const std::vector<prompt::Marker>& markers);

/// The passage has at least half of the claim's content words, and its numbers of two digits or more stand in
/// one of the passages that are cited together. A claim without content words has no support. See the source
/// for what the half was measured on.
bool isSupported(const Claim& claim, std::size_t passage, const std::vector<std::size_t>& together,
                 const Evidence& evidence);

/// The sentence of a passage that shares most words with a claim; nullptr when the passage has no sentence.
const Sentence* bestSentence(std::string_view claim, std::size_t passage, const Evidence& evidence);

}  // namespace commonplace::answer
