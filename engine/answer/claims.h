// Claims: what the bare markers of an answer stand for, by where they stand in its sentences. Pure, any
// thread.
#pragma once

#include <set>
#include <string_view>
#include <vector>

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

}  // namespace commonplace::answer
