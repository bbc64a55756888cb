#include "engine/prompt/rewrite.h"

#include <algorithm>

#include "engine/base/text.h"
#include "engine/prompt/template.h"
#include "engine/prompt/visible.h"

namespace commonplace::prompt {
namespace {

constexpr std::size_t kMostTurns = 4;
constexpr std::size_t kMostQuestionBytes = 1000;
constexpr std::size_t kMostAnswerBytes = 600;
constexpr std::size_t kMostReplyBytes = 500;
constexpr int kMostTokens = 128;

struct RewriteTemplate {
    std::string system;
    std::string question;
};

const RewriteTemplate& rewriteTemplate() {
    static const RewriteTemplate parsed = [] {
        RewriteTemplate result;
        for (auto& [name, text] : sections(rewriteFile().text))
            (name == "system" ? result.system : result.question) = text;
        return result;
    }();
    return parsed;
}

std::string clipped(std::string_view text, std::size_t most) {
    return visible(base::clipUtf8(text, most));
}

/// Models like to put what they were asked for in quotation marks.
std::string_view withoutQuotes(std::string_view line) {
    if (line.size() >= 2 && line.front() == '"' && line.back() == '"') line = line.substr(1, line.size() - 2);
    return base::trim(line);
}

}  // namespace

document::ChatRequest rewriteRequest(std::string_view question, const std::vector<HistoryTurn>& history) {
    std::string conversation;
    const std::size_t first = history.size() - std::min(history.size(), kMostTurns);
    for (std::size_t i = first; i < history.size(); ++i) {
        conversation += "Question: " + clipped(history[i].question, kMostQuestionBytes) + "\n";
        if (!history[i].answer.empty())
            conversation += "Answer: " + clipped(history[i].answer, kMostAnswerBytes) + "\n";
    }
    document::ChatRequest request;
    request.messages = {{document::Role::System, rewriteTemplate().system},
                        {document::Role::User, fill(rewriteTemplate().question,
                                                    {{"conversation", conversation},
                                                     {"question", clipped(question, kMostQuestionBytes)}})}};
    request.maxTokens = kMostTokens;
    return request;
}

std::optional<std::string> rewrittenQuestion(std::string_view reply, std::string_view question) {
    const std::string text = visible(reply);
    const std::string_view line = withoutQuotes(base::trim(text));
    const bool isOneLine = line.find('\n') == line.npos;
    if (!isOneLine || line.size() > std::max(kMostReplyBytes, 2 * question.size()) ||
        base::words(line).empty())
        return std::nullopt;
    if (base::foldCase(line) == base::foldCase(base::trim(question))) return std::nullopt;
    return std::string(line);
}

}  // namespace commonplace::prompt
