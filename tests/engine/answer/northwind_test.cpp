// Extractive answers on the Northwind plans, by word only (the built-in embedder belongs to another room):
// every second question must cite the page that holds its answer, or better. The full measure, with vectors,
// is `commonplace ask` over all of them: see support.cpp and extractive.cpp for its figures.
#include <gtest/gtest.h>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "tests/engine/answer/pdf_pages.h"
#include "tests/engine/answer/small_library.h"

namespace commonplace::answer {
namespace {

namespace fs = std::filesystem;

std::vector<TestFile> pdfFiles(const fs::path& folder) {
    std::vector<TestFile> files;
    for (const fs::path& file : test::pdfsIn(folder)) {
        files.push_back({file.native(), {}});
        for (std::string& text : test::pagesOf(file, 1000))
            files.back().pages.push_back(
                {static_cast<int>(files.back().pages.size()) + 1, "", std::move(text)});
    }
    return files;
}

bool citesGold(const Answer& answer, const nlohmann::json& question) {
    for (const document::Citation& citation : answer.citations) {
        if (fs::path(citation.path).filename() != question["doc"].get<std::string>()) continue;
        for (const auto& page : question["pages"])
            if (page == citation.page) return true;
    }
    return false;
}

TEST(Northwind, AnswersCiteTheRightPageAndAbstainOffTopic) {
    const fs::path data = test::testData() / "northwind";
    if (!fs::exists(data)) GTEST_SKIP() << "no " << data;
    if (!test::hasPdftotext()) GTEST_SKIP() << "no pdftotext";
    const SmallLibrary library(pdfFiles(data / "pdfs"));
    std::ifstream lines(data / "questions.jsonl");
    int answerable = 0, gold = 0, falselyAbstained = 0, other = 0, abstained = 0, number = 0;
    for (std::string line; std::getline(lines, line);) {
        if (++number % 4 != 0) continue;  // a quarter is enough to notice damage, and takes a few seconds
        const auto question = nlohmann::json::parse(line);
        const Answer answer = library.ask(question["question"].get<std::string>());
        for (const document::Citation& citation : answer.citations)
            EXPECT_TRUE(citation.verified) << citation.quote;
        const bool unanswerable = question["unanswerable"].get<bool>();
        ++(unanswerable ? other : answerable);
        if (unanswerable)
            abstained += answer.abstained;
        else
            gold += citesGold(answer, question), falselyAbstained += answer.abstained;
    }
    std::printf(
        "  %d questions: gold page cited by %d, %d falsely abstained; of %d unanswerable %d abstained\n",
        answerable, gold, falselyAbstained, other, abstained);
    EXPECT_GE(gold, answerable * 65 / 100);
    EXPECT_LE(falselyAbstained, answerable * 5 / 100);
    EXPECT_GE(abstained, other * 35 / 100);  // half of them are about the plans all the same
}

}  // namespace
}  // namespace commonplace::answer
