#include "engine/prompt/title.h"

#include <algorithm>
#include <array>

#include "engine/base/text.h"
#include "engine/prompt/template.h"
#include "engine/prompt/visible.h"

namespace commonplace::prompt {
namespace {

constexpr std::size_t kMostQuestionBytes = 600;
constexpr std::size_t kMostAnswerBytes = 600;
constexpr std::size_t kMostReplyBytes = 400;  // who writes more did not write a title
constexpr int kMostTokens = 48;

struct TitleTemplate {
    std::string system;
    std::string question;
};

const TitleTemplate& titleTemplate() {
    static const TitleTemplate parsed = [] {
        TitleTemplate result;
        for (auto& [name, text] : sections(titleFile().text))
            (name == "system" ? result.system : result.question) = text;
        return result;
    }();
    return parsed;
}

std::string clipped(std::string_view text, std::size_t most) {
    return visible(base::clipUtf8(text, most));
}

bool takeOff(std::string_view& text, std::string_view front, std::string_view back) {
    if (text.size() < front.size() + back.size() || !text.starts_with(front) || !text.ends_with(back))
        return false;
    text = text.substr(front.size(), text.size() - front.size() - back.size());
    return true;
}

/// What models like to put around what they were asked for.
std::string_view withoutFrame(std::string_view line) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kFrames{{{"\"", "\""},
                                                                                     {"'", "'"},
                                                                                     {"`", "`"},
                                                                                     {"“", "”"},
                                                                                     {"‘", "’"},
                                                                                     {"„", "“"},
                                                                                     {"«", "»"},
                                                                                     {"»", "«"},
                                                                                     {"「", "」"},
                                                                                     {"**", "**"},
                                                                                     {"*", "*"},
                                                                                     {"#", ""},
                                                                                     {"", "."},
                                                                                     {"Title:", ""}}};
    for (bool changed = true; changed;) {
        line = base::trim(line);
        changed = std::any_of(kFrames.begin(), kFrames.end(),
                              [&](const auto& frame) { return takeOff(line, frame.first, frame.second); });
    }
    return line;
}

std::string bounded(std::string_view line) {
    if (base::codePointCount(line) <= kTitleCharacters) return std::string(line);
    std::size_t end = 0;
    for (std::size_t count = 0; count + 1 < kTitleCharacters; ++count)
        end += base::decodeUtf8(line, end).bytes;
    const std::size_t space = line.rfind(' ', end);
    if (space != line.npos && space > end / 2) end = space;
    return std::string(base::trim(line.substr(0, end))) + "…";
}

}  // namespace

document::ChatRequest titleRequest(const HistoryTurn& turn) {
    document::ChatRequest request;
    request.messages = {{document::Role::System, titleTemplate().system},
                        {document::Role::User, fill(titleTemplate().question,
                                                    {{"question", clipped(turn.question, kMostQuestionBytes)},
                                                     {"answer", clipped(turn.answer, kMostAnswerBytes)}})}};
    request.maxTokens = kMostTokens;
    return request;
}

std::optional<std::string> titleOf(std::string_view reply) {
    if (reply.size() > kMostReplyBytes) return std::nullopt;
    std::string_view first = base::trim(reply);
    first = base::trim(first.substr(0, first.find_first_of("\r\n")));
    const std::string line = base::collapseSpace(visible(first));
    const std::string_view title = withoutFrame(line);
    if (base::words(title).empty()) return std::nullopt;
    return bounded(title);
}

}  // namespace commonplace::prompt
