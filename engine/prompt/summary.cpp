#include "engine/prompt/summary.h"

#include <algorithm>

#include "engine/base/text.h"
#include "engine/prompt/template.h"
#include "engine/prompt/visible.h"

namespace commonplace::prompt {
namespace {

constexpr std::size_t kMostQuestionBytes = 600;
constexpr std::size_t kMostAnswerBytes = 1200;
constexpr std::size_t kMostReplyBytes = 16 * 1024;
constexpr std::size_t kFramingTokens = 32;  // of two messages

struct SummaryTemplate {
    std::string system, question, earlier, shown;
};

const SummaryTemplate& summaryTemplate() {
    static const SummaryTemplate parsed = [] {
        SummaryTemplate result;
        for (auto& [name, text] : sections(summaryFile().text)) {
            if (name == "system") result.system = text;
            if (name == "question") result.question = text;
            if (name == "earlier") result.earlier = text + "\n";
            if (name == "shown") result.shown = text + "\n";
        }
        return result;
    }();
    return parsed;
}

std::string lineOf(const char* who, std::string_view text, std::size_t most) {
    const std::string shown = base::collapseSpace(visible(base::clipUtf8(text, most)));
    return shown.empty() ? std::string() : who + shown + "\n";
}

std::string linesOf(const HistoryTurn& turn) {
    return lineOf("Question: ", turn.question, kMostQuestionBytes) +
           lineOf("Answer: ", turn.answer, kMostAnswerBytes);
}

std::string questionWith(std::string_view earlier, std::string_view conversation) {
    std::string before;
    if (!earlier.empty())
        before = fill(summaryTemplate().earlier, {{"summary", base::collapseSpace(visible(earlier))}});
    return fill(summaryTemplate().question, {{"earlier", before}, {"conversation", conversation}});
}

}  // namespace

SummaryRequest summaryRequest(std::string_view earlier, const std::vector<HistoryTurn>& turns,
                              const SummaryLimits& limits, const document::TokenCounter& counter) {
    const std::string words = std::to_string(std::max(limits.answerTokens / 2, 20));
    const std::string system = fill(summaryTemplate().system, {{"words", words}});
    const auto fits = [&](std::string_view question) {
        return counter.count(system).tokens + counter.count(question).tokens + kFramingTokens <=
               limits.promptTokens;
    };
    std::string conversation, shown;
    std::size_t first = turns.size();
    // From the newest on: what is left out shall be what lies furthest back.
    while (first > 0) {
        const std::string longer = linesOf(turns[first - 1]) + conversation;
        const std::string question = questionWith(first == 1 ? earlier : "", longer);
        if (!fits(question)) break;
        conversation = longer;
        shown = question;
        --first;
    }
    SummaryRequest result{{}, first};
    result.request.messages = {{document::Role::System, system}, {document::Role::User, std::move(shown)}};
    result.request.maxTokens = limits.answerTokens;
    result.request.promptTokens = 0;
    return result;
}

std::optional<std::string> summaryOf(std::string_view reply) {
    if (reply.size() > kMostReplyBytes) return std::nullopt;
    const std::string text = base::collapseSpace(visible(reply));
    if (base::words(text).empty()) return std::nullopt;
    return text;
}

std::string shownSummary(std::string_view summary, std::size_t turns) {
    return fill(summaryTemplate().shown,
                {{"turns", std::to_string(turns)}, {"summary", passageText(base::collapseSpace(summary))}});
}

}  // namespace commonplace::prompt
