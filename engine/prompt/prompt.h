// Prompt: the versioned text that is sent to a model, packed to a token budget, and the [n] markers that come
// back.
//
// The template lives in resources/prompts/answer.v1.md and enters the binary at build time; its id and
// version travel with every answer. Passages are numbered from 1 and marked as untrusted text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/text.h"
#include "engine/document/chat_model.h"

namespace commonplace::prompt {

/// An estimate for when no tokenizer is at hand. Measured on prose, 10-K tables, papers and Markdown: 1.05
/// to 1.19 of what cl100k, o200k and Llama 3 give for English, .85 to 1.0 of the older 32k vocabularies
/// (Llama 2); about 1 for Russian, Greek, Arabic, Hindi and Chinese (cl100k), .8 to .9 for other languages in
/// Latin letters. Not exact, and says so.
class EstimatingCounter final : public document::TokenCounter {
  public:
    document::TokenCount count(std::string_view text) const override;
};

struct PassageText {
    std::string title;
    std::string where;  ///< "report.pdf, p. iv"
    std::string text;
};
struct HistoryTurn {
    std::string question;
    std::string answer;
};

/// What stands for the oldest turns of a conversation, in fewer words; empty: nothing does.
struct EarlierTurns {
    std::string summary;
    std::size_t turns = 0;  ///< how many
};

struct Budget {
    std::size_t window = 8192;
    std::size_t answerReserve = 1024;
    std::size_t summaryRoom = 0;  ///< kept free for EarlierTurns; 0: there is none and none will come
};
/// How much of a window a summary may take.
std::size_t summaryRoomOf(std::size_t window);

/// Names of two parts that are no text of anybody's.
inline constexpr const char* kFraming = "message framing";
inline constexpr const char* kAnswerReserve = "answer reserve";

struct Part {
    std::string name;
    document::TokenCount tokens;
};
struct Dropped {
    std::string name;
    std::string why;
};

/// A request that fits, and the receipt of what fills it. Passages are kept best first, history newest first;
/// a passage that does not fit whole is left out, never cut. The question itself is cut only if it alone
/// exceeds the window, and the receipt says so. Text that nobody can see (visible.h) does not reach the
/// model. A summary of earlier turns stands before the oldest turn that is sent, marked as untrusted, and is
/// clipped to its room: what else fits does not depend on its words.
struct Packed {
    std::vector<document::Message> messages;
    std::vector<std::size_t> passages;  ///< indices of those included; passage number n is passages[n - 1]
    std::vector<Part> parts;
    std::vector<Dropped> dropped;
    std::size_t used = 0;            ///< tokens of all parts, the reserve included
    std::size_t answerReserve = 0;   ///< as kept free: a quarter of the window at most
    std::size_t turns = 0;           ///< of the history, the newest, that are included word by word
    std::size_t summaryRoom = 0;     ///< tokens that a summary may take; 0: none fits
    document::PassageBlocks blocks;  ///< the last message in its parts
};
Packed pack(std::string_view question, const std::vector<PassageText>& passages,
            const std::vector<HistoryTurn>& history, const Budget& budget,
            const document::TokenCounter& counter, const EarlierTurns& earlier = {});

/// The template's name and version, "answer.v1".
const std::string& templateId();

/// What a model is told to say when the passages do not hold the answer.
inline constexpr std::string_view kNotInDocuments = "Not in your documents.";
/// True when an answer says that, whatever its markup, quotation marks, case and final stop.
bool saysNotInDocuments(std::string_view answer);

/// A citation marker in an answer: "[2]" or "[1, 3]" ("[1][2]" are two); anything else in brackets is text,
/// and so are links ("[1](…)"), code and escaped brackets.
struct Marker {
    base::Range range;         ///< of the whole marker in the answer
    std::vector<int> numbers;  ///< 1-based
};
std::vector<Marker> markers(std::string_view answer);

/// Text in quotation marks (straight or curly, at least 4 words) with the markers that follow it in the same
/// sentence, before the next quotation: what the answer claims to be verbatim.
struct QuotedSpan {
    base::Range range;  ///< inside the quotation marks
    std::vector<int> numbers;
};
std::vector<QuotedSpan> quotedSpans(std::string_view answer);

}  // namespace commonplace::prompt
