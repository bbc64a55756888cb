#include "engine/answer/titling.h"

#include <chrono>
#include <utility>

#include "engine/answer/generative.h"
#include "engine/answer/reach.h"
#include "engine/answer/spans.h"
#include "engine/answer/time_limit.h"
#include "engine/prompt/title.h"

namespace commonplace::answer {
namespace {

using document::Place;

constexpr std::chrono::seconds kMostTime{15};

}  // namespace

std::optional<std::string> conversationTitle(const Turn& turn, const std::vector<std::string>& localOnly,
                                             document::ChatModel* small, const trace::Span& span,
                                             std::stop_token stop) {
    const bool stays = mustStay(turn, localOnly);
    if (small == nullptr || (stays && small->place() == Place::Elsewhere)) return std::nullopt;
    document::ChatRequest request = prompt::titleRequest({turn.question, turn.answer});
    if (stays) request.mayReach = Place::ThisComputer;
    trace::Span call = chatSpan(span, *small, request);
    const TimeLimit limit(std::move(stop), kMostTime);
    const auto reply = write(*small, request, {}, limit.token());
    noteReply(call, *small, reply);
    if (!reply || reply->stopped || limit.token().stop_requested()) return std::nullopt;
    // One that reached its bound has said the title in the beginning, or none.
    return prompt::titleOf(reply->text);
}

}  // namespace commonplace::answer
