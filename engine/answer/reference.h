// References: markers without a quotation. Does the passage that a marker names say what the marker stands
// for? That is judged by words alone, so it is called support and never proof. Pure, any thread.
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
    /// Parts of the answer, the nearest first. Behind a claim, its marker stands for the words from the
    /// marker before, at most its sentence ("It lapses in March [1]."). A marker that leads ("According to
    /// [1], …", "Source: [1]", "…, whereas [2] grants …") stands for the words up to the next marker or the
    /// line's end as well, and the only marker of a sentence for the whole of it
    /// unless another clause is tied on ("[1] and …").
    std::vector<std::string_view> readings;
    std::set<int> numbers;  ///< that are cited for it together, as in "[1][2]"
};

/// The claim of each marker, in their order. `markers`: of this answer.
std::vector<Claim> claimsOf(std::string_view answer, const std::vector<prompt::Marker>& markers);

/// In the order of their weight: of several claims with one number, the last of these is told.
enum class Judgement {
    NoClaim,    ///< a word or two and no number, and they are not on the page: nothing to judge
    Supported,  ///< by one of the readings
    NotJudged,  ///< in another language than the passage, or the passage went away: words tell nothing
    NotSupported,
};

struct Finding {
    Judgement judgement = Judgement::NoClaim;
    std::string_view claim;  ///< the reading that is supported, else the first one
};

/// A reading is supported when the passage has at least half of its content words, and its numbers of two
/// digits or more stand in one of the passages that are cited together. Numerals of lists do not count. See
/// the source for what the half was measured on.
Finding judge(const Claim& claim, std::size_t passage, const std::vector<std::size_t>& together,
              const Evidence& evidence);

/// The sentence of a passage that shares most words with a claim; nullptr when the passage has no sentence.
const Sentence* bestSentence(std::string_view claim, std::size_t passage, const Evidence& evidence);

}  // namespace commonplace::answer
