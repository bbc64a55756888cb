#include "engine/config/model_choice.h"

#include <gmock/gmock.h>

#include "tests/support/temp_folder.h"

namespace commonplace::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string parsed(const std::string& text) {
    const auto place = parseModelPlace(text);
    return place ? place->api + "|" + place->baseUrl + "|" + place->model : place.error().message();
}

TEST(ModelChoiceTest, ReadsWhatPeopleType) {
    EXPECT_EQ(parsed("http://127.0.0.1:8080/v1#qwen"), "openai|http://127.0.0.1:8080/v1|qwen");
    EXPECT_EQ(parsed("http://127.0.0.1:8080/v1"), "openai|http://127.0.0.1:8080/v1|");
    EXPECT_EQ(parsed("http://127.0.0.1:11434#small:1b"), "ollama|http://127.0.0.1:11434|small:1b");
    EXPECT_EQ(parsed("http://127.0.0.1:11434/v1#m"), "openai|http://127.0.0.1:11434/v1|m");
    EXPECT_EQ(parsed("https://api.anthropic.com#m"), "anthropic|https://api.anthropic.com|m");
    EXPECT_EQ(parsed("/models/a.gguf"), "local||/models/a.gguf");
    EXPECT_EQ(parsed("anthropic:http://127.0.0.1:8080#m"), "anthropic|http://127.0.0.1:8080|m");
    EXPECT_FALSE(parseModelPlace("gopher:http://127.0.0.1:8080#m"));
    EXPECT_FALSE(parseModelPlace("none")->isSet());
    for (const char* text :
         {"http://127.0.0.1:8080/v1#qwen", "anthropic:http://127.0.0.1:8080", "/models/a.gguf"})
        EXPECT_EQ(toText(*parseModelPlace(text)), text);
    EXPECT_EQ(toText(ModelPlace{}), "");
    EXPECT_EQ(parsed("https://api.example.org/v1#m?key=sk-CANARY").find("CANARY"), std::string::npos);
    EXPECT_FALSE(parseModelPlace("https://api.example.org/v1#m?key=sk-CANARY"));
    EXPECT_FALSE(parseModelPlace("qwen"));
    EXPECT_FALSE(parseModelPlace(""));
}

TEST(ModelChoiceTest, KnowsWhoUsesAFile) {
    const test::TempFolder folder;
    const auto file = folder.write("a.gguf", "x");
    std::filesystem::create_symlink(file, folder / "link.gguf");
    Settings settings;
    EXPECT_THAT(usesOf(settings, file), IsEmpty());
    settings = withModel(settings, Purpose::Answer, {"local", {}, (folder / "link.gguf").native()});
    settings = withModel(settings, Purpose::Small, {"local", {}, file.native()});
    settings.embedding = {"gguf", file.native(), {}, {}};
    EXPECT_THAT(usesOf(settings, file), ElementsAre("answers", "small tasks", "finding by meaning"));
    EXPECT_THAT(usesOf(settings, folder / "b.gguf"), IsEmpty());
}

TEST(ModelChoiceTest, TheRestOfTheSettingsStays) {
    Settings settings;
    settings.model.contextWindow = 4096;
    settings.model.maxAnswerTokens = 77;
    const Settings changed = withModel(settings, Purpose::Answer, {"ollama", "http://127.0.0.1:11434", "m"});
    EXPECT_EQ(changed.model.api, "ollama");
    EXPECT_EQ(changed.model.contextWindow, 4096);
    EXPECT_EQ(changed.model.maxAnswerTokens, 77);
}

TEST(ModelChoice, AFileThatGoesIsUsedByNobody) {
    Settings settings;
    settings.model.api = "local";
    settings.model.model = "/m/gone.gguf";
    settings.model.small = {"local", "", "/m/gone.gguf"};
    settings.model.fallbacks = {{{"local", "", "/m/gone.gguf"}}, {{"local", "", "/m/stays.gguf"}}};
    settings.embedding = {"gguf", "/m/gone.gguf", ""};
    const Settings left = withoutFile(settings, "/m/gone.gguf");
    EXPECT_TRUE(usesOf(left, "/m/gone.gguf").empty());
    EXPECT_FALSE(left.model.place().isSet());
    EXPECT_FALSE(left.model.small.isSet());
    ASSERT_EQ(left.model.fallbacks.size(), 1U);
    EXPECT_TRUE(left.embedding.isBuiltin());
    EXPECT_EQ(withoutFile(settings, "/m/other.gguf").model.fallbacks.size(), 2U);
}

}  // namespace
}  // namespace commonplace::config
