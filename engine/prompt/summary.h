// Summary of a conversation's oldest turns, for when they no longer fit: what is sent to the small model,
// what of its reply is taken, and how it is shown to the model that answers: in a user's message, marked as
// untrusted, never among the rules. The template is resources/prompts/summary.v1.md. Pure functions, any
// thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/document/chat_model.h"
#include "engine/prompt/prompt.h"

namespace commonplace::prompt {

struct SummaryLimits {
    std::size_t promptTokens = 4096;  ///< of the request
    int answerTokens = 256;
};

struct SummaryRequest {
    document::ChatRequest request;
    /// The oldest turn that it shows. Above 0: those before did not fit, and an earlier summary is not shown
    /// either, as a conversation has no holes. The number of turns: not one fits.
    std::size_t first = 0;
};

/// With an earlier summary (empty: none), which the new one takes over, and the turns behind it, clipped.
SummaryRequest summaryRequest(std::string_view earlier, const std::vector<HistoryTurn>& turns,
                              const SummaryLimits& limits, const document::TokenCounter& counter);

/// Nothing when the reply is none: empty, or longer than a summary may be.
std::optional<std::string> summaryOf(std::string_view reply);

/// For the prompt of an answer; ends in an empty line.
std::string shownSummary(std::string_view summary, std::size_t turns);

}  // namespace commonplace::prompt
