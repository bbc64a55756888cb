#include "engine/eval/json_lines.h"

#include <gmock/gmock.h>

#include "tests/support/temp_folder.h"

namespace commonplace::eval {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;

class JsonLines : public testing::Test {
  protected:
    /// The message of the first error, or what `each` collected.
    std::string messageFor(const std::string& content,
                           const std::function<Result<void>(const JsonLine&)>& each) {
        const auto file = m_folder.write("data.jsonl", content);
        const auto result = forEachJsonLine(file, each);
        return result ? "" : result.error().message();
    }
    static Result<void> ignore(const JsonLine&) { return {}; }
    test::TempFolder m_folder;
};

TEST_F(JsonLines, ReadsTextsAndNumbers) {
    std::vector<std::string> texts;
    std::vector<int> pages;
    const std::string content = "{\"id\": \"a\", \"pages\": [1, 2]}\r\n\n  \n{\"id\": 17, \"pages\": null}";
    EXPECT_EQ(messageFor(content,
                         [&](const JsonLine& line) -> Result<void> {
                             TRY(auto id, line.text("id"));
                             TRY(auto title, line.optionalText("title"));
                             TRY(auto some, line.integers("pages"));
                             texts.push_back(id + title);
                             pages.insert(pages.end(), some.begin(), some.end());
                             return {};
                         }),
              "");
    EXPECT_THAT(texts, ElementsAre("a", "17"));
    EXPECT_THAT(pages, ElementsAre(1, 2));
}

TEST_F(JsonLines, NamesFileAndLineOfWhatIsWrong) {
    EXPECT_THAT(messageFor("{}\n{\"id\": \n", ignore), EndsWith("data.jsonl line 2: this is not valid JSON"));
    EXPECT_THAT(messageFor("[1]", ignore), EndsWith("line 1: a JSON object is expected"));
    EXPECT_THAT(messageFor("{} {}", ignore), HasSubstr("line 1"));
    EXPECT_THAT(messageFor("{\"id\": \"\xFF\"}", ignore), HasSubstr("line 1: this is not valid JSON"));
    const auto needId = [](const JsonLine& line) -> Result<void> {
        TRY([[maybe_unused]] auto id, line.text("id"));
        TRY([[maybe_unused]] auto pages, line.integers("pages"));
        return {};
    };
    EXPECT_THAT(messageFor("{}", needId), EndsWith("line 1: there is no \"id\""));
    EXPECT_THAT(messageFor("{\"id\": null}", needId), EndsWith("there is no \"id\""));
    EXPECT_THAT(messageFor("\n{\"id\": [1]}", needId), EndsWith("line 2: \"id\" must be a string"));
    EXPECT_THAT(messageFor("{\"id\": 1, \"pages\": 3}", needId),
                EndsWith("\"pages\" must be an array of numbers"));
    EXPECT_THAT(messageFor("{\"id\": 1, \"pages\": [1.5]}", needId),
                EndsWith("\"pages\" must hold whole numbers only"));
}

TEST_F(JsonLines, BearDeepNestingAndEmptyFiles) {
    EXPECT_EQ(messageFor("", ignore), "");
    EXPECT_THAT(messageFor(std::string(100000, '['), ignore), HasSubstr("not valid JSON"));
}

TEST_F(JsonLines, SaysWhichFileIsNotThere) {
    const auto result = forEachJsonLine(m_folder / "absent.jsonl", ignore);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code(), ErrorCode::NotFound);
    EXPECT_THAT(result.error().message(), HasSubstr("absent.jsonl"));
}

TEST(LinesOf, CutsAtEitherLineEnd) {
    EXPECT_THAT(linesOf("a\r\nb\n\nc"), ElementsAre("a", "b", "", "c"));
    EXPECT_THAT(linesOf("a\n"), ElementsAre("a"));
    EXPECT_THAT(linesOf(""), IsEmpty());
}

}  // namespace
}  // namespace commonplace::eval
