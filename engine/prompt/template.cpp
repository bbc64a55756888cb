#include "engine/prompt/template.h"

#include <algorithm>

#include "engine/base/text.h"
#include "engine/prompt/prompt.h"

namespace commonplace::prompt {
namespace {

constexpr std::string_view kHeading = "## ";
constexpr std::string_view kPassages = "{{passages}}";

Template readTemplate() {
    Template result;
    for (auto& [name, text] : sections(answerFile().text)) {
        if (name == "system") result.system = fill(text, {{"not_in_documents", kNotInDocuments}});
        if (name == "passage") result.passage = text + "\n";
        if (name == "question") result.question = text;
    }
    const std::size_t passages = result.question.find(kPassages);
    result.ask = passages == std::string::npos
                     ? result.question
                     : std::string(base::trim(result.question.substr(passages + kPassages.size())));
    return result;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> sections(std::string_view text) {
    std::vector<std::pair<std::string, std::string>> result;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.starts_with(kHeading)) {
            result.emplace_back(line.substr(kHeading.size()), "");
        } else if (!result.empty()) {
            std::string& body = result.back().second;
            if (!body.empty()) body += '\n';
            body += line;
        }
    }
    return result;
}

std::string fill(std::string_view text, const Values& values) {
    std::string result;
    for (;;) {
        const std::size_t open = text.find("{{");
        const std::size_t close = open == std::string_view::npos ? open : text.find("}}", open);
        if (close == std::string_view::npos) return result += text;
        const std::string_view name = text.substr(open + 2, close - open - 2);
        const auto value =
            std::find_if(values.begin(), values.end(), [&](const auto& v) { return v.first == name; });
        result += text.substr(0, open);
        result += value == values.end() ? text.substr(open, close + 2 - open) : value->second;
        text.remove_prefix(close + 2);
    }
}

const Template& answerTemplate() {
    static const Template parsed = readTemplate();
    return parsed;
}

const std::string& templateId() {
    return answerFile().id;
}

}  // namespace commonplace::prompt
