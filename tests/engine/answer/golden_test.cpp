// Questions to small corpora: tests/golden/answer/input. First lines: "question:", "previous:" (an earlier
// question, oldest first), "within:" (a path), "alike:" (words that mean the same: gives the passages
// vectors), "model:" (what a model writes; several lines are one text). Then the files, see filesFrom().
#include "tests/golden/golden.h"

#include <optional>

#include "tests/engine/answer/small_library.h"
#include "tests/fakes/fake_chat_model.h"
#include "tests/fakes/fake_embedder.h"

namespace commonplace::answer {
namespace {

struct Case {
    Question question;
    std::optional<std::string> model;
    std::vector<std::vector<std::string>> alike;
    std::string_view files;
};

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> words;
    for (const base::Range& word : base::words(text))
        words.emplace_back(text.substr(word.begin, word.size()));
    return words;
}

Case caseFrom(std::string_view input) {
    Case result;
    while (!input.empty() && !input.starts_with("===")) {
        const std::size_t end = std::min(input.find('\n'), input.size());
        const std::string_view line = input.substr(0, end);
        input.remove_prefix(std::min(end + 1, input.size()));
        const std::size_t colon = line.find(": ");
        if (colon == std::string_view::npos) continue;
        const std::string_view key = line.substr(0, colon);
        const std::string value(line.substr(colon + 2));
        if (key == "question") result.question.text = value;
        if (key == "previous") result.question.history.push_back({value, ""});
        if (key == "within") result.question.within.push_back(value);
        if (key == "alike") result.alike.push_back(split(value));
        if (key == "model") result.model = result.model ? *result.model + "\n" + value : value;
    }
    result.files = input;
    return result;
}

TEST(AnswerGolden, Cases) {
    test::checkGolden("answer", [](const std::string& input) {
        const Case one = caseFrom(input);
        const test::FakeEmbedder embedder(one.alike);
        const SmallLibrary library(one.files, one.alike.empty() ? nullptr : &embedder);
        test::FakeChatModel model(one.model.value_or(""));
        return shown(library.ask(one.question, one.model ? &model : nullptr));
    });
}

}  // namespace
}  // namespace commonplace::answer
