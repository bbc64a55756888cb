#include "engine/prompt/template.h"

#include <gtest/gtest.h>

#include "engine/prompt/prompt.h"

namespace commonplace::prompt {
namespace {

TEST(Template, TheCompiledOneIsWhole) {
    EXPECT_EQ(templateId(), "answer.v1");
    const Template& text = answerTemplate();
    EXPECT_NE(text.system.find(kNotInDocuments), std::string::npos);
    EXPECT_EQ(text.system.find("{{"), std::string::npos);
    for (const char* name : {"{{number}}", "{{source}}", "{{text}}"})
        EXPECT_NE(text.passage.find(name), std::string::npos) << name;
    for (const char* name : {"{{passages}}", "{{question}}"})
        EXPECT_NE(text.question.find(name), std::string::npos) << name;
}

TEST(Template, SectionsBeginAtHeadings) {
    const auto parts = sections("preface\n## one\na\nb\n## two\n\nc\n");
    ASSERT_EQ(parts.size(), 2u);
    EXPECT_EQ(parts[0], (std::pair<std::string, std::string>{"one", "a\nb"}));
    EXPECT_EQ(parts[1].first, "two");
    EXPECT_TRUE(sections("").empty());
}

TEST(Template, FillsInOnePass) {
    EXPECT_EQ(fill("{{a}}-{{b}}-{{c}}", {{"a", "{{b}}"}, {"b", "2"}}), "{{b}}-2-{{c}}");
    EXPECT_EQ(fill("no {{end", {{"end", "x"}}), "no {{end");
    EXPECT_EQ(fill("", {}), "");
}

}  // namespace
}  // namespace commonplace::prompt
