// Planner: what of a question, its conversation and its passages a model is given, decided before anything is
// sent: what may leave this computer, what fits the window, and what the receipt says about it.
//
// When turns of the conversation no longer fit, a small model may summarise the oldest ones first (see
// summarising.h); an earlier summary that still stands for all of them is used again.
#pragma once

#include <cstddef>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/answer/answerer.h"
#include "engine/answer/evidence.h"
#include "engine/base/result.h"
#include "engine/document/chat_model.h"
#include "engine/prompt/prompt.h"
#include "engine/trace/tracer.h"

namespace commonplace::answer {

struct Plan {
    document::ChatRequest request;
    std::vector<std::size_t> passages;  ///< indices of the evidence; number n of the prompt is [n - 1]
    ContextReceipt receipt;
    std::vector<std::string> sources;  ///< as Answer::sources
    int filesRead = 0;
    std::optional<HistorySummary> summary;  ///< as Answer::historySummary
    std::string problem;  ///< why this is nothing to ask with: no rules or no passage in it; empty: it is
};

/// All by reference, and alive as long as it. Thread: one at a time.
class Planner final {
  public:
    /// `backends.model` is not null.
    Planner(const Question& question, const Backends& backends, const Evidence& evidence,
            const trace::Span& span, std::stop_token stop);

    /// False when all that was found must stay on this computer, and the model is elsewhere.
    bool hasSomethingToSend() const { return !m_sendable.empty(); }

    /// For a window of so many tokens. May be called again with another one; the small model is asked once at
    /// most. Cancelled is the only Error.
    Result<Plan> plan(std::size_t window);

  private:
    const document::TokenCounter& counter() const;
    bool isUsable(const HistorySummary& summary) const;
    std::size_t firstSendableTurn() const;
    std::vector<prompt::PassageText> passageTexts() const;
    prompt::Packed pack(std::size_t window, std::size_t summaryRoom) const;
    Result<prompt::Packed> packWithSummary(prompt::Packed plain, std::size_t window,
                                           const trace::Span& packing);
    Result<void> summarise(const prompt::Packed& packed, const trace::Span& packing);
    bool coversDropped(const prompt::Packed& packed) const;
    bool holdsLocal(const prompt::Packed& packed) const;
    std::string problemOf(const prompt::Packed& packed, std::size_t window) const;
    document::ChatRequest requestFor(const prompt::Packed& packed) const;
    void fillReceipt(const prompt::Packed& packed, Plan& plan) const;
    void addKept(ContextReceipt& receipt) const;

    const Question& m_question;
    const Backends& m_backends;
    const Evidence& m_evidence;
    const trace::Span& m_span;
    std::stop_token m_stop;
    prompt::EstimatingCounter m_estimate;
    bool m_isElsewhere = false;                ///< the model
    std::vector<std::size_t> m_sendable;       ///< indices of the evidence's passages
    std::size_t m_firstTurn = 0;               ///< of the history; those before it stay here
    std::vector<prompt::HistoryTurn> m_turns;  ///< from m_firstTurn on
    std::optional<HistorySummary> m_summary;
    bool m_hasTried = false;  ///< to make one
};

}  // namespace commonplace::answer
