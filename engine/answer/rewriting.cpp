#include "engine/answer/rewriting.h"

#include <optional>
#include <utility>
#include <vector>

#include "engine/answer/generative.h"
#include "engine/answer/reach.h"
#include "engine/answer/spans.h"
#include "engine/base/text.h"
#include "engine/prompt/rewrite.h"

namespace commonplace::answer {
namespace {

using document::Place;

constexpr std::size_t kStandsAloneWords = 24;  // who writes that much says what he means

struct Shown {
    std::vector<prompt::HistoryTurn> turns;
    Place mayReach = Place::Elsewhere;
};

Shown shownTo(const document::ChatModel& small, const Question& question) {
    Shown shown;
    for (const Turn& turn : question.history) {
        const bool stays = mustStay(turn, question.localOnly);
        if (stays && small.place() == Place::Elsewhere) {
            shown.turns.clear();
            continue;
        }
        if (stays) shown.mayReach = Place::ThisComputer;
        shown.turns.push_back({turn.question, turn.answer});
    }
    return shown;
}

bool fits(const document::ChatRequest& request, const document::ChatModel& small) {
    constexpr std::size_t kFraming = 24;
    const prompt::EstimatingCounter estimate;
    const document::TokenCounter* own = small.counter();
    std::size_t tokens = kFraming + static_cast<std::size_t>(request.maxTokens);
    for (const document::Message& message : request.messages)
        tokens += (own != nullptr ? *own : estimate).count(message.text).tokens;
    return tokens <= small.window();
}

/// With as many of the newest turns as its window holds; nothing when it does not hold one.
std::optional<document::ChatRequest> requestFor(const Question& question, Shown shown,
                                                const document::ChatModel& small) {
    constexpr std::size_t kMostTurns = 4;
    if (shown.turns.size() > kMostTurns)
        shown.turns.erase(shown.turns.begin(), shown.turns.end() - kMostTurns);
    for (; !shown.turns.empty(); shown.turns.erase(shown.turns.begin())) {
        document::ChatRequest request = prompt::rewriteRequest(question.text, shown.turns);
        request.mayReach = shown.mayReach;
        if (fits(request, small)) return request;
    }
    return std::nullopt;
}

}  // namespace

Result<std::string> rewrittenFollowUp(const Question& question, document::ChatModel& small,
                                      const trace::Span& span, std::stop_token stop) {
    const Shown shown = shownTo(small, question);
    if (shown.turns.empty() || base::words(question.text).size() >= kStandsAloneWords) return std::string();
    small.learnWindow(stop);
    const auto request = requestFor(question, shown, small);
    if (!request) return std::string();
    trace::Span call = chatSpan(span, small, *request);
    const auto reply = write(small, *request, {}, stop);
    noteReply(call, small, reply);
    if (stop.stop_requested()) return Error(ErrorCode::Cancelled, "the question was cancelled");
    if (!reply || reply->error || reply->stopped) return std::string();
    return prompt::rewrittenQuestion(reply->text, question.text).value_or("");
}

}  // namespace commonplace::answer
