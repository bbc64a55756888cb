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

document::ChatModel* modelFor(const TitleBy& by) {
    if (by.small != nullptr) return by.small;
    const bool isHere = by.answering != nullptr && by.answering->place() == Place::ThisComputer;
    return isHere ? by.answering : nullptr;
}

}  // namespace

std::optional<std::string> conversationTitle(const Turn& turn, const std::vector<std::string>& localOnly,
                                             const TitleBy& by, const trace::Span& span,
                                             std::stop_token stop) {
    document::ChatModel* model = modelFor(by);
    const bool stays = mustStay(turn, localOnly);
    if (model == nullptr || (stays && model->place() == Place::Elsewhere)) return std::nullopt;
    document::ChatRequest request = prompt::titleRequest({turn.question, turn.answer});
    // The model that answers may have others behind it that stand in for it elsewhere: not for a title.
    if (stays || model != by.small) request.mayReach = Place::ThisComputer;
    trace::Span call = chatSpan(span, *model, request);
    const TimeLimit limit(std::move(stop), kMostTime);
    const auto reply = write(*model, request, {}, limit.token());
    noteReply(call, *model, reply);
    if (!reply || reply->stopped || limit.token().stop_requested()) return std::nullopt;
    // One that reached its bound has said the title in the beginning, or none.
    return prompt::titleOf(reply->text);
}

}  // namespace commonplace::answer
