// References: markers without a quotation. Does the passage that a marker names say what the marker stands
// for? That is judged by words alone, so it is called support and never proof. Pure, any thread.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
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

/// Of several claims with one number each of these is told, NoClaim only where there is nothing else.
enum class Judgement {
    NoClaim,    ///< a word or two and no number, and they are not on the page: nothing to judge
    Supported,  ///< by one of the readings
    NotJudged,  ///< in another language than the passage, or the passage went away: words tell nothing
    NotSupported,
};

struct Finding {
    Judgement judgement = Judgement::NoClaim;
    std::string_view claim;  ///< the reading that is supported, else the first one
    /// Of what is not supported only because another passage clearly says it: that one.
    std::optional<std::size_t> better = {};
};

/// Judges the claims of one answer. Passages are indices into the evidence.
///
/// A reading is supported when the passage has at least half of its content words, and its numbers of two
/// digits or more stand in one of the passages that are cited together; and when no other passage that the
/// model was given, on another page, clearly says it better: nearly all of the words, two more of them at the
/// least. Pages of one text often are near twins, and half of the words then is what all of them have.
/// Numerals of lists do not count. See the source for what these bounds were measured on.
class ClaimJudge final {
  public:
    /// `given`: the passages that the model was given. The evidence must outlive this.
    ClaimJudge(const Evidence& evidence, std::vector<std::size_t> given);

    /// `together`: the passages that are cited for the claim, this one among them.
    Finding judge(const Claim& claim, std::size_t passage, const std::vector<std::size_t>& together);

  private:
    struct Said;
    const Said& saidBy(std::size_t passage);
    std::optional<std::size_t> betterThan(std::size_t passage, std::string_view reading,
                                          const std::vector<std::size_t>& together);

    const Evidence& m_evidence;
    std::vector<std::size_t> m_given;
    std::map<std::size_t, std::shared_ptr<const Said>> m_said;  // so that a passage is read once
};

/// The sentence of a passage that shares most words with a claim; nullptr when the passage has no sentence.
const Sentence* bestSentence(std::string_view claim, std::size_t passage, const Evidence& evidence);

}  // namespace commonplace::answer
