// References: markers without a quotation. Does the passage that a marker names say what the marker stands
// for? That is judged by words alone, so it is called support and never proof. Pure, any thread.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/answer/claim_words.h"
#include "engine/answer/claims.h"
#include "engine/answer/evidence.h"

namespace commonplace::answer {

/// Of several claims with one number each of these is told, NoClaim only where there is nothing else.
enum class Judgement {
    NoClaim,    ///< a word or two and no number, and they are not on the page: nothing to judge
    Supported,  ///< by one of the readings
    Contested,  ///< the passage says half of it, another one of the given clearly more
    NotJudged,  ///< words tell nothing: in another language than the passage, one of the two denies, or the
                ///< passage went away
    NotSupported,
};

struct Finding {
    Judgement judgement = Judgement::NoClaim;
    std::string_view claim;  ///< the reading that is supported or contested, else the first one
    std::optional<std::size_t> better = {};  ///< of what is contested: the passage that says more
};

/// Judges the claims of one answer. Passages are indices into the evidence.
///
/// A reading is supported when the passage has at least half of its content words, and its numbers of two
/// digits or more stand in one of the passages that are cited together. It is contested instead when another
/// passage that the model was given, on another page, clearly says more of it: nearly all of the words, two
/// and three tenths of them more at the least. Pages of one text often are near twins, and half of the words
/// then is what all of them have; which of them is right words cannot tell, so that is no fault. What has
/// nearly all words of the cited passage (the same report in another format, the next version) contests
/// nothing. Numerals of lists do not count. See the source for what these bounds were measured on.
class ClaimJudge final {
  public:
    /// `given`: the passages that the model was given. The evidence must outlive this.
    ClaimJudge(const Evidence& evidence, std::vector<std::size_t> given);

    /// `together`: the passages that are cited for the claim, this one among them.
    Finding judge(const Claim& claim, std::size_t passage, const std::vector<std::size_t>& together);

  private:
    struct Said {
        ClaimWords words;
        std::set<std::string> numbers;
    };
    const Said& saidBy(std::size_t passage);
    std::set<std::string> numbersOf(const std::vector<std::size_t>& passages);
    std::optional<std::size_t> betterThan(std::size_t passage, const ClaimWords& wanted,
                                          const std::vector<std::size_t>& together);
    Judgement judgementOfSame(std::string_view reading, const ClaimWords& wanted, std::size_t passage) const;
    bool mayContest(std::size_t other, std::size_t passage, const std::vector<std::size_t>& together);

    const Evidence& m_evidence;
    std::vector<std::size_t> m_given;
    std::map<std::size_t, std::shared_ptr<const Said>> m_said;  // so that a passage is read once
};

/// The sentence of a passage that shares most words with a claim; nullptr when the passage has no sentence.
const Sentence* bestSentence(std::string_view claim, std::size_t passage, const Evidence& evidence);

}  // namespace commonplace::answer
