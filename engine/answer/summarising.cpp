#include "engine/answer/summarising.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "engine/answer/generative.h"
#include "engine/answer/reach.h"
#include "engine/answer/spans.h"
#include "engine/answer/time_limit.h"
#include "engine/base/text.h"
#include "engine/prompt/summary.h"

namespace commonplace::answer {
namespace {

using document::Place;

constexpr std::chrono::seconds kMostTime{30};
// What a small model on a processor reads in that time.
constexpr std::size_t kMostPromptTokens = 4096;
constexpr std::size_t kLeastTurnTokens = 256;  // less than that says nothing of a conversation
constexpr std::size_t kFrameTokens = 64;       // of a summary in the prompt

/// The turns that are shown, and whether an earlier summary stands before them.
struct Shown {
    std::size_t first = 0;    ///< of the conversation
    std::size_t skipped = 0;  ///< as HistorySummary::skipped of what will be made
    std::string earlier;
};

bool staysIn(const Question& question, std::size_t begin, std::size_t end) {
    return std::any_of(question.history.begin() + static_cast<std::ptrdiff_t>(begin),
                       question.history.begin() + static_cast<std::ptrdiff_t>(end),
                       [&](const Turn& turn) { return mustStay(turn, question.localOnly); });
}

Shown shownTo(const document::ChatModel& small, const Question& question, const SummaryTask& task) {
    Shown shown{task.begin, task.begin, {}};
    if (small.place() == Place::Elsewhere)
        while (staysIn(question, shown.first, task.end)) shown.skipped = ++shown.first;
    const auto& earlier = task.earlier;
    if (earlier && earlier->skipped >= shown.first && earlier->turns <= task.end)
        shown = {earlier->turns, earlier->skipped, earlier->text};
    return shown;
}

prompt::SummaryLimits limitsFor(const document::ChatModel& small, const SummaryTask& task) {
    prompt::SummaryLimits limits;
    limits.answerTokens = static_cast<int>(task.tokens - std::min(task.tokens / 2, kFrameTokens));
    const std::size_t taken = static_cast<std::size_t>(limits.answerTokens) + kFrameTokens;
    limits.promptTokens = std::min(kMostPromptTokens, small.window() - std::min(small.window(), taken));
    return limits;
}

/// A summary that reached its bound is one all the same, up to its last whole sentence.
std::optional<std::string> textOf(const Result<document::ChatReply>& reply, int maxTokens) {
    if (!reply || reply->stopped) return std::nullopt;
    const bool isFull = reply->finishReason == "length" && reply->completionTokens.value_or(0) >= maxTokens;
    if (reply->error && !isFull) return std::nullopt;
    auto text = prompt::summaryOf(reply->text);
    if (!text || !isFull) return text;
    const std::vector<base::Range> sentences = base::sentences(*text);
    if (sentences.size() > 1) text->resize(sentences[sentences.size() - 2].end);
    return text;
}

}  // namespace

Result<std::optional<HistorySummary>> summarisedHistory(const Question& question, const SummaryTask& task,
                                                        document::ChatModel& small, const trace::Span& span,
                                                        std::stop_token stop) {
    const auto nothing = std::optional<HistorySummary>();
    Shown shown = shownTo(small, question, task);
    if (shown.first >= task.end) return nothing;
    small.learnWindow(stop);
    const prompt::SummaryLimits limits = limitsFor(small, task);
    if (limits.promptTokens < kLeastTurnTokens) return nothing;
    std::vector<prompt::HistoryTurn> turns;
    for (std::size_t i = shown.first; i < task.end; ++i)
        turns.push_back({question.history[i].question, question.history[i].answer});
    const prompt::EstimatingCounter estimate;
    const document::TokenCounter* own = small.counter();
    prompt::SummaryRequest made =
        prompt::summaryRequest(shown.earlier, turns, limits, own != nullptr ? *own : estimate);
    if (made.first == turns.size()) return nothing;
    if (made.first > 0) shown.skipped = shown.first + made.first;
    if (staysIn(question, shown.skipped, task.end)) made.request.mayReach = Place::ThisComputer;

    trace::Span call = chatSpan(span, small, made.request);
    const TimeLimit limit(stop, kMostTime);
    const auto reply = write(small, made.request, {}, limit.token());
    noteReply(call, small, reply);
    if (stop.stop_requested()) return Error(ErrorCode::Cancelled, "the question was cancelled");
    const auto text = textOf(reply, made.request.maxTokens);
    if (!text) return nothing;
    return std::optional(HistorySummary{*text, task.end, shown.skipped});
}

}  // namespace commonplace::answer
